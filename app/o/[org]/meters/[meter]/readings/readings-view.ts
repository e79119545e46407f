import { dateFormat, formatInstant, type Place } from "@/app/_view/instants";
import type { MeterReadingsView } from "@/components/property/meter-life";
import type { Translate } from "@/components/ui/translate";
import type { ReadingOfMeter } from "@/lib/metering";
import type { MeterView } from "@/lib/property";
import { valueText } from "../life/life-view";
import type { Month } from "./month-of";

type Context = {
  readonly path: string;
  readonly meter: MeterView;
  readonly place: Place;
  readonly people: ReadonlyMap<string, { readonly name: string }>;
  readonly t: Translate;
};

/** A page shows the newest; the file has all of the month. */
const SHOWN = 100;

export function readingsView(
  readings: readonly ReadingOfMeter[],
  month: Month,
  context: Context,
): MeterReadingsView {
  const { path, meter, place, t } = context;
  const { locale, timeZone } = place;
  const hrefOf = (name: string) => `${path}?month=${name}#readings`;
  return {
    monthText: dateFormat(locale, { month: "long", year: "numeric", timeZone }).format(month.from),
    previousHref: hrefOf(month.before),
    nextHref: month.after === null ? null : hrefOf(month.after),
    csvHref: `${path}/readings?month=${month.name}`,
    rows: readings.slice(0, SHOWN).map((reading) => ({
      key: `${reading.at.getTime()} ${reading.quantity} ${reading.state} ${reading.value}`,
      atText: formatInstant(reading.at, place),
      valueText: `${t(`readingForm.${reading.quantity}`)}: ${valueText(
        reading.value,
        meter,
        locale,
        t,
      )}`,
      whoText: whoText(reading, context),
      stateText: t(`meterLife.state-${reading.state}`),
    })),
  };
}

/** By whom or by what, and when it was taken down. */
function whoText(reading: ReadingOfMeter, { people, place, t }: Context): string {
  const { source, enteredBy, recordedAt } = reading;
  const name = enteredBy === null ? "" : (people.get(enteredBy)?.name ?? "");
  const who = name === "" ? t(`meterLife.source-${source}`) : name;
  return `${who}, ${formatInstant(recordedAt, place)}`;
}
