import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { DrawBuildingPage } from "@/components/property/draw-building-page";
import { systemClock } from "@/lib/platform";
import { listBuildings } from "@/lib/property";
import { listTariffs } from "@/lib/tariffs";
import { unitFields } from "../draw-form";
import { drawBuildingAction } from "./actions";

type Props = { readonly params: Promise<{ readonly org: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("drawBuilding.title") };

/** A new building, drawn floor by floor; its zone and language are proposed by the first one's. */
export default async function NewBuildingRoute({ params }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "property:manage");
  const [frame, tariffs, buildings] = await Promise.all([
    consoleFrame(visit, null, "buildings"),
    listTariffs(visit.scope, systemClock.now()),
    listBuildings(visit.scope, { take: 1 }),
  ]);
  const { t } = frame;
  const [first] = buildings;
  const view = {
    backHref: `/o/${org}`,
    tariffHref: tariffs.length === 0 ? `/o/${org}/tariffs/new` : null,
    fields: [
      {
        kind: "text" as const,
        name: "name",
        label: t("drawBuilding.name"),
        hint: t("drawBuilding.nameHint"),
        maxLength: 80,
      },
      { kind: "text" as const, name: "address", label: t("drawBuilding.address"), maxLength: 200 },
      {
        kind: "one" as const,
        name: "tariffId",
        label: t("drawBuilding.tariff"),
        hint: t("drawBuilding.tariffHint"),
        none: t("drawBuilding.tariffNone"),
        choices: tariffs.map(({ id, name, currency }) => ({
          value: id,
          label: `${name} · ${currency}`,
        })),
      },
      {
        kind: "one" as const,
        name: "timeZone",
        label: t("drawBuilding.zone"),
        hint: t("drawBuilding.zoneHint"),
        value: first?.timeZone ?? "Africa/Nairobi",
        choices: Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone, label: zone })),
      },
      {
        kind: "text" as const,
        name: "locale",
        label: t("drawBuilding.locale"),
        hint: t("drawBuilding.localeHint"),
        value: first?.locale ?? "en-KE",
        maxLength: 20,
      },
      ...unitFields(t),
    ],
  };
  const action = drawBuildingAction.bind(null, { org });
  return <DrawBuildingPage frame={frame} view={view} action={action} />;
}
