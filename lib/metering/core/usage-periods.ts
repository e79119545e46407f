import { assert } from "@/lib/kernel";

export const USAGE_SCALES = ["day", "month"] as const;
export type UsageScale = (typeof USAGE_SCALES)[number];

/** From a civil day to before another. */
export type CivilSpan = { readonly from: string; readonly to: string };

export type UsagePeriod = CivilSpan & {
  readonly boughtWh: bigint;
  /** Null for whoever never meets money. */
  readonly costMinor: bigint | null;
  /** Null where nothing is known: a gap is named, not filled. */
  readonly used: bigint | null;
  /** True when every day of the period is measured. */
  readonly isMeasured: boolean;
  /** Days before today of which nothing is known. */
  readonly missingDays: number;
  /** The newest reading that the figure stands on. */
  readonly basisAt: Date | null;
};

export type UsedOn = {
  readonly day: string;
  readonly used: bigint;
  readonly isMeasured: boolean;
  readonly basisAt: Date;
};
export type BoughtOn = {
  readonly day: string;
  readonly energyWh: bigint;
  readonly costMinor: bigint | null;
};

const MOST_DAYS = 800;
const DAY_MS = 86_400_000;

const shifted = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

function shiftedMonths(day: string, months: number): string {
  const [year, month] = day.split("-").map(Number);
  assert(year !== undefined && month !== undefined, "a civil day has a year and a month");
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** The last days up to today and with it, or the last months up to this one. */
export function lastPeriods(by: UsageScale, today: string, count: number): CivilSpan {
  return by === "day"
    ? { from: shifted(today, 1 - count), to: shifted(today, 1) }
    : { from: shiftedMonths(today, 1 - count), to: shiftedMonths(today, 1) };
}

/** The same stretch before: as many days, or the same months of the year before. */
export function periodBefore(by: UsageScale, { from, to }: CivilSpan): CivilSpan {
  if (by === "month") return { from: shiftedMonths(from, -12), to: shiftedMonths(to, -12) };
  return { from: shifted(from, -daysOf({ from, to }).length), to: from };
}

/** The days of a span, in order. */
export function daysOf({ from, to }: CivilSpan): readonly string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
  assert(count >= 0 && count <= MOST_DAYS, "a span of days is drawn whole, and so has an end");
  return Array.from({ length: count }, (_, index) => shifted(from, index));
}

/** What was bought and used in each day or month of a span. */
export function usagePeriods(input: {
  readonly span: CivilSpan;
  readonly by: UsageScale;
  readonly today: string;
  readonly used: readonly UsedOn[];
  readonly bought: readonly BoughtOn[];
  readonly seesMoney: boolean;
}): readonly UsagePeriod[] {
  const { span, by, today, seesMoney } = input;
  const keyOf = (day: string) => (by === "day" ? day : day.slice(0, 7));
  const days = Map.groupBy(daysOf(span), keyOf);
  const used = Map.groupBy(input.used, ({ day }) => keyOf(day));
  const bought = Map.groupBy(input.bought, ({ day }) => keyOf(day));
  return [...days].map(([key, [from = "", ...more]]) => {
    const uses = used.get(key) ?? [];
    const purchases = bought.get(key) ?? [];
    const known = new Set(uses.map(({ day }) => day));
    const missing = [from, ...more].filter((day) => day < today && !known.has(day));
    const basis = uses.map(({ basisAt }) => basisAt).sort((a, b) => b.getTime() - a.getTime());
    return {
      from,
      to: shifted(more.at(-1) ?? from, 1),
      boughtWh: purchases.reduce((sum, { energyWh }) => sum + energyWh, 0n),
      costMinor: seesMoney
        ? purchases.reduce((sum, { costMinor }) => sum + (costMinor ?? 0n), 0n)
        : null,
      used: uses.length === 0 ? null : uses.reduce((sum, { used }) => sum + used, 0n),
      isMeasured: uses.length > 0 && missing.length === 0 && uses.every((one) => one.isMeasured),
      missingDays: missing.length,
      basisAt: basis[0] ?? null,
    };
  });
}
