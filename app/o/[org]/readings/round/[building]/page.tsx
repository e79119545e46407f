import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { formatInstant } from "@/app/_view/instants";
import { RoundPage } from "@/components/metering/round-page";
import type { Translate } from "@/components/ui/translate";
import { findOrganization } from "@/lib/access";
import { listRound, type RoundStop } from "@/lib/metering";
import { formatEnergy } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { type BuildingFacts, civilTimeAt, findBuilding } from "@/lib/property";
import { enterRoundAction } from "./actions";

type Props = { readonly params: Promise<{ readonly org: string; readonly building: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("round.title") };

/** Every meter of a building with one field, floor by floor, for a phone in a dim corridor. */
export default async function RoundRoute({ params }: Props) {
  const { org, building: buildingId } = await params;
  const visit = await requireOrgScope(org, "reading:write");
  const { scope } = visit;
  const now = systemClock.now();
  const [organization, building, stops] = await Promise.all([
    findOrganization(scope),
    findBuilding(scope, buildingId, now),
    listRound(scope, { buildingId, now }),
  ]);
  if (!building) notFound();
  const frame = await consoleFrame(visit, organization.name, "readings");
  const { t } = frame;
  const view = {
    backHref: `/o/${org}/readings`,
    title: t("round.of", { building: building.name }),
    isEmpty: stops.length === 0,
    action: enterRoundAction.bind(null, { org, buildingId }),
    form: {
      id: "round",
      submit: t("round.submit"),
      isPrimary: true,
      fields: [
        {
          kind: "datetime-local" as const,
          name: "at",
          label: t("readingForm.at"),
          hint: t("readingForm.atHint", { zone: building.timeZone }),
          value: civilTimeAt(now, building.timeZone),
          isRequired: true,
        },
        ...stops.map((stop) => ({
          kind: "text" as const,
          name: stop.meterId,
          label: t("round.label", { floor: stop.floor, unit: stop.unitLabel }),
          hint: hintOf(stop, building, t),
          maxLength: 14,
        })),
      ],
    },
  };
  return <RoundPage frame={frame} view={view} />;
}

/** "Credit left, kWh · 0100 0000 017 · last 31.2 on 3 Nov 2026, 14:05". */
function hintOf(stop: RoundStop, building: BuildingFacts, t: Translate): string {
  const { lastAt, lastValue, resource, quantity } = stop;
  const unit = t(resource === "electricity" ? "energy.unit" : "usage.cubicMetres");
  const shows = resource === "electricity" ? t(`readingForm.${quantity}`) : t(`usage.${resource}`);
  const last =
    lastAt && lastValue !== null
      ? t("round.last", {
          value: formatEnergy(lastValue, building.locale),
          at: formatInstant(lastAt, building),
        })
      : t("round.never");
  return `${shows}, ${unit} · ${stop.meterNumber} · ${last}`;
}
