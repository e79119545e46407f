import { civilDayText } from "@/app/_view/civil-days";
import { formatInstant } from "@/app/_view/instants";
import type { RowsPageView } from "@/components/reconciliation/rows-page";
import type { Translate } from "@/components/ui/translate";
import type { BuildingFacts } from "@/lib/property";
import type { DayReadings } from "@/lib/reconciliation";
import { basisText, kwhText, monthText } from "../sheet-texts";

const EXACT = 3;
const SOURCES = {
  resident: "reconciliation.byResident",
  staff: "reconciliation.byStaff",
  import: "reconciliation.bySheet",
  gateway: "reconciliation.byGateway",
} as const;

/** The readings that a day of the supply rests on, each with its difference to the one before. */
export function readingsView(
  found: {
    readonly building: BuildingFacts;
    readonly span: { readonly month: string };
    readonly value: DayReadings;
  },
  context: { readonly path: string; readonly now: Date; readonly t: Translate },
): RowsPageView {
  const { building, span, value } = found;
  const { path, now, t } = context;
  const { day, readings } = value;
  const measured = {
    measuredDays: day.isMeasured ? 1 : 0,
    estimatedDays: day.isMeasured ? 0 : 1,
    missingDays: 0,
    basisAt: null,
  };
  const cell = (text: string) => ({ text, href: null });
  return {
    title: t("reconciliation.readingsTitle", {
      day: civilDayText(day.day, building, now),
      meter: day.meterNumber,
    }),
    placeText: `${building.name}, ${monthText(span.month, building)}`,
    printedText: t("reconciliation.sheetOf", { day: formatInstant(now, building) }),
    backHref: `${path}/rows?figure=supplied&month=${span.month}`,
    backLabel: t("reconciliation.backToDays"),
    noteText: t("reconciliation.readingsText"),
    columns: [
      { key: "when", label: t("reconciliation.at") },
      { key: "register", label: t("reconciliation.register"), isNumber: true },
      { key: "since", label: t("reconciliation.since"), isNumber: true },
      { key: "source", label: t("reconciliation.source"), isWideOnly: true },
    ],
    rows: readings.map(({ at, value: register, source }, place) => {
      const before = readings[place - 1];
      return {
        key: at.toISOString(),
        cells: {
          when: cell(formatInstant(at, building)),
          register: cell(kwhText(register, building, EXACT)),
          since: cell(before ? kwhText(register - before.value, building, EXACT) : ""),
          source: cell(t(SOURCES[source])),
        },
      };
    }),
    sumLabel: t("reconciliation.dayUsed"),
    sumTexts: [
      t("energy.kwh", { energy: kwhText(day.usedWh, building, EXACT) }),
      basisText(measured, building, t),
    ],
    previousHref: null,
    nextHref: null,
  };
}
