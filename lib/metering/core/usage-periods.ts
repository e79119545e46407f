import { assert } from "@/lib/kernel";

export const USAGE_SCALES = ["day", "month", "year"] as const;
export type UsageScale = (typeof USAGE_SCALES)[number];

/** From a civil day to before another. */
export type CivilSpan = { readonly from: string; readonly to: string };

export type UsagePeriod = CivilSpan & {
  /** Nothing for water and gas: they are not sold. */
  readonly bought: bigint;
  /** Null for whoever never meets money, and where money of several currencies met. */
  readonly costMinor: bigint | null;
  /** Null where nothing is known: a gap is named, not filled. */
  readonly used: bigint | null;
  /** True when every day of the period is measured. */
  readonly isMeasured: boolean;
  /** Of the days that are known, in thousandths; of a building, of its units' days. */
  readonly measuredShare: number;
  /** Days before today of which nothing is known. */
  readonly missingDays: number;
  /** The newest reading that the figure stands on. */
  readonly basisAt: Date | null;
};

/** What was used in a period, named by its first day; the days are those of one unit or of many. */
export type UsedIn = {
  readonly from: string;
  readonly used: bigint;
  readonly measured: number;
  readonly estimated: number;
  /** How many civil days of the period have a figure; null where that is not kept. */
  readonly knownDays: number | null;
  readonly basisAt: Date | null;
};
export type BoughtIn = {
  readonly from: string;
  readonly energyWh: bigint;
  readonly costMinor: bigint | null;
};

const MOST_PERIODS = 100;
const DAY_MS = 86_400_000;

const shifted = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

function shiftedMonths(day: string, months: number): string {
  const [year, month] = day.split("-").map(Number);
  assert(year !== undefined && month !== undefined, "a civil day has a year and a month");
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** The first day of the period that comes so many after the one a day lies in. */
function periodStart(by: UsageScale, day: string, ahead: number): string {
  if (by === "day") return shifted(day, ahead);
  if (by === "month") return shiftedMonths(day, ahead);
  return shiftedMonths(`${day.slice(0, 4)}-01-01`, ahead * 12);
}

/** The last days up to today and with it, or the last months or years up to this one. */
export function lastPeriods(by: UsageScale, today: string, count: number): CivilSpan {
  return { from: periodStart(by, today, 1 - count), to: periodStart(by, today, 1) };
}

/** The same stretch before: as many days, or the same months of the year before; of years none. */
export function periodBefore(by: UsageScale, { from, to }: CivilSpan): CivilSpan {
  if (by === "year") return { from, to: from };
  if (by === "month") return { from: shiftedMonths(from, -12), to: shiftedMonths(to, -12) };
  return { from: shifted(from, -daysBetween(from, to)), to: from };
}

function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS));
}

/** The periods of a span, in order. */
function periodsOf(by: UsageScale, { from, to }: CivilSpan): readonly CivilSpan[] {
  const periods: CivilSpan[] = [];
  for (let start = from; start < to; start = periodStart(by, start, 1)) {
    periods.push({ from: start, to: periodStart(by, start, 1) });
    assert(periods.length <= MOST_PERIODS, "a chart is drawn whole, and so has an end");
  }
  return periods;
}

/** What was bought and used in each day, month or year of a span. */
export function usagePeriods(input: {
  readonly span: CivilSpan;
  readonly by: UsageScale;
  readonly today: string;
  /** From when somebody could have read a meter; before it no day is missing. Null for never. */
  readonly since: string | null;
  readonly used: readonly UsedIn[];
  readonly bought: readonly BoughtIn[];
  readonly seesMoney: boolean;
}): readonly UsagePeriod[] {
  const { span, by, today, since, seesMoney } = input;
  const used = new Map(input.used.map((one) => [one.from, one]));
  const bought = new Map(input.bought.map((one) => [one.from, one]));
  const later = (one: string, other: string) => (one > other ? one : other);
  const sooner = (one: string, other: string) => (one < other ? one : other);
  return periodsOf(by, span).map(({ from, to }) => {
    const use = used.get(from);
    const purchases = bought.get(from);
    const days =
      since === null || since > today ? 0 : daysBetween(later(from, since), sooner(to, today));
    // Today is not over: its use may be known, and is not missing where it is not.
    const knownDays = use?.knownDays ?? (use ? days : 0);
    const missingDays = Math.max(0, days - knownDays);
    const counted = use ? use.measured + use.estimated : 0;
    return {
      from,
      to,
      bought: purchases?.energyWh ?? 0n,
      costMinor: seesMoney ? (purchases?.costMinor ?? 0n) : null,
      used: use && counted > 0 ? use.used : null,
      isMeasured: use !== undefined && counted > 0 && use.estimated === 0 && missingDays === 0,
      measuredShare: use && counted > 0 ? Math.floor((use.measured * 1_000) / counted) : 0,
      missingDays,
      basisAt: use?.basisAt ?? null,
    };
  });
}

/** Without the periods before the first of which anything is known; the last one always stays. */
export function sinceKnown(periods: readonly UsagePeriod[]): readonly UsagePeriod[] {
  const first = periods.findIndex(({ bought, used }) => bought > 0n || used !== null);
  return periods.slice(first < 0 ? -1 : first);
}
