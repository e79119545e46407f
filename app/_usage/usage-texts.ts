import { civilDayText } from "@/app/_view/civil-days";
import { dateFormat, formatInstant } from "@/app/_view/instants";
import type { MessageKey, Translate } from "@/components/ui/translate";
import type { UsageMark, UsagePeriod } from "@/lib/metering";
import { formatEnergy } from "@/lib/money";
import { startOfCivilDay } from "@/lib/property";
import type { UsageData } from "./usage-data";

export type Words = { readonly t: Translate; readonly now: Date };

const MARK_KEYS = {
  "lease-began": "usage.leaseBegan",
  "lease-ended": "usage.leaseEnded",
  "meter-swapped": "usage.meterSwapped",
} as const satisfies Record<UsageMark["kind"], MessageKey>;

const FEW = 100_000n;

/** What is counted, in kWh or cubic metres: both have a thousand of what is stored. */
export const amountText = (amount: bigint, { place }: UsageData): string =>
  formatEnergy(amount, place.locale, { decimals: amount < FEW ? 1 : 0 });

export const unitText = ({ resource }: UsageData, t: Translate): string =>
  t(resource === "electricity" ? "energy.unit" : "usage.cubicMetres");

/** "3 Nov", "Oct 2026" or "2026" in the place's own way. */
export function periodText(from: string, { by, place }: UsageData, { now }: Words): string {
  if (by === "day") return civilDayText(from, place, now);
  const style = by === "month" ? ({ month: "short", year: "numeric" } as const) : YEAR;
  const { locale, timeZone } = place;
  const start = startOfCivilDay(from, timeZone);
  return dateFormat(locale, { ...style, timeZone }).format(start);
}

const YEAR = { year: "numeric" } as const;

/** "meter swapped in A-301" of a building, "meter swapped" of a unit. */
export function markText({ kind, unitLabel }: UsageMark, t: Translate): string {
  const what = t(MARK_KEYS[kind]);
  return unitLabel === null ? what : t("usage.markIn", { what, unit: unitLabel });
}

export const marksIn = (period: UsagePeriod, { marks }: UsageData): readonly UsageMark[] =>
  marks.filter(({ day }) => day >= period.from && day < period.to);

/** "measured, read 3 Nov 2026, 14:05"; "84 % measured, …"; or that nothing is known. */
export function basisText(period: UsagePeriod, { place }: UsageData, { t }: Words): string {
  if (period.basisAt === null) return t("usage.unknown");
  const at = formatInstant(period.basisAt, place);
  const percent = Math.floor(period.measuredShare / 10);
  const said =
    period.isMeasured || percent === 0
      ? t(period.isMeasured ? "usage.measuredAt" : "usage.estimatedAt", { at })
      : t("usage.partlyAt", { at, percent });
  if (period.missingDays === 0) return said;
  return `${said}, ${t("usage.missing", { count: period.missingDays })}`;
}
