import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { formatInstant } from "@/app/_view/instants";
import { meterNumberText } from "@/app/_view/purchase-texts";
import { WaitingPage, type WaitingView } from "@/components/metering/waiting-page";
import type { Translate } from "@/components/ui/translate";
import { findOrganization } from "@/lib/access";
import { findPersons } from "@/lib/identity";
import { listQuarantined, type QuarantinedReading } from "@/lib/metering";
import { formatEnergy } from "@/lib/money";
import { decideReadingAction } from "./actions";

type Props = { readonly params: Promise<{ readonly org: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("readingsWaiting.title") };

/** Readings that contradict what stands around them, each to be kept or dropped by a person. */
export default async function WaitingRoute({ params }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "reading:write");
  const { scope } = visit;
  const [organization, readings] = await Promise.all([
    findOrganization(scope),
    listQuarantined(scope),
  ]);
  const frame = await consoleFrame(visit, organization.name, "readings");
  const people = await findPersons(readings.flatMap(({ enteredBy }) => enteredBy ?? []));
  const { t } = frame;
  const decide = (id: string, decision: "kept" | "dropped") =>
    decideReadingAction.bind(null, { org, id, decision });
  const view = {
    backHref: `/o/${org}/readings`,
    readings: readings.map((reading): WaitingView => {
      const name = people.get(reading.enteredBy ?? "")?.name || t("people.noName");
      const at = formatInstant(reading.recordedAt, placeOf(reading));
      return {
        id: reading.id,
        title: reading.unitLabel ?? t("meters.notInstalled"),
        unitHref: reading.unitId && `/o/${org}/units/${reading.unitId}`,
        meterText: meterNumberText(reading.meterNumber),
        quantityText: t(`readingForm.${reading.quantity}`),
        why: t(`readingWhy.${reading.reason}`),
        who: reading.enteredBy
          ? t("readingsWaiting.by", { name, at })
          : t(`readingsWaiting.${reading.source}`, { at }),
        values: valuesOf(reading, t),
        keep: decide(reading.id, "kept"),
        drop: decide(reading.id, "dropped"),
      };
    }),
  };
  return <WaitingPage frame={frame} view={view} />;
}

const placeOf = ({ locale, timeZone }: QuarantinedReading) => ({
  locale: locale ?? "en",
  timeZone: timeZone ?? "UTC",
});

/** What was read before, this one, what stands in its place, and what was read after. */
function valuesOf(reading: QuarantinedReading, t: Translate) {
  const place = placeOf(reading);
  const unit = t(reading.resource === "electricity" ? "energy.unit" : "usage.cubicMetres");
  const row = (
    key: "before" | "this" | "same" | "after",
    value: { readonly at: Date; readonly value: bigint } | null,
  ) =>
    value === null
      ? []
      : [
          {
            key,
            label: t(`readingsWaiting.${key}`),
            atText: formatInstant(value.at, place),
            valueText: `${formatEnergy(value.value, place.locale, { decimals: 3 })} ${unit}`,
            isThis: key === "this",
          },
        ];
  return [
    ...row("before", reading.before),
    ...row("same", reading.same),
    ...row("this", reading),
    ...row("after", reading.after),
  ];
}
