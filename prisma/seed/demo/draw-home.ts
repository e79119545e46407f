import { type Calendar, HISTORY_DAYS, instantOf } from "./calendar";
import { drawRegister, drawRemaining, type Habit } from "./draw-readings";
import { drawSales, instantOfSale, type Light } from "./draw-sales";
import type { DrawnMeter, DrawnOccupancy, DrawnReading, DrawnSale, DrawnUnit } from "./plan";
import { cumulated, type PriceLevel, standEmpty, type Use, usedUntil } from "./use";

/** A lease in days of the calendar; null: still held. */
export type Stay = {
  readonly bed: string | null;
  readonly name: string;
  readonly from: number;
  readonly to: number | null;
};

/** What happened to a meter. */
export type Story = {
  /** The day on which another meter took its place. */
  readonly swapped?: number;
  /** The day since which nothing is bought any more, and used all the same. */
  readonly bypassed?: number;
  /** Weeks of a notebook: from a day to another, entered late. */
  readonly notebook?: readonly [number, number];
};

export type Home = {
  readonly place: Pick<DrawnUnit, "label" | "floor" | "position" | "kind">;
  readonly beds?: readonly string[];
  /** The second hangs there since a swap. */
  readonly meterNumbers: readonly [string, ...string[]];
  readonly use: Use;
  readonly stays: readonly Stay[];
  readonly light: Light;
  readonly lasts: readonly [number, number];
  readonly price: PriceLevel;
  readonly habit: Habit | "remaining";
  readonly others?: readonly DrawnMeter[];
  readonly story?: Story;
  readonly random: () => number;
};

type Span = { readonly from: number; to: number | null };

/** A place that is let, its people, its purchases and what was read. */
export function drawHome(calendar: Calendar, home: Home): DrawnUnit {
  const { place, beds = [], use, stays, light, lasts, price, random, story = {} } = home;
  const spans = spansOf(stays);
  emptyBetween(use, spans);
  const buyings = spans.map((span) => {
    const to = span.to === null && story.bypassed ? story.bypassed : span.to;
    const buying = drawSales(calendar, { use, ...span, to, light, lasts, price, random });
    return { span, buying };
  });
  const swapped = story.swapped === undefined ? null : story.swapped + 0.45;
  const meters = metersOf(calendar, home, { swapped, buyings });
  const sales = buyings.flatMap(({ buying }, occupancy) =>
    buying.sales.map(({ time, amount }): DrawnSale => {
      const at = instantOfSale(calendar, time);
      const removedAt = meters[0]?.removedAt;
      const meter = removedAt && at >= removedAt ? 1 : 0;
      const lease = leaseAt(stays, Math.floor(time));
      return { meter, occupancy, lease, at, amountText: String(amount) };
    }),
  );
  return {
    ...place,
    beds,
    leases: stays.map((stay) => leaseOf(calendar, stay)),
    occupancies: spans.map((span) => occupancyOf(calendar, span)),
    meters: [...meters, ...(home.others ?? [])],
    sales,
  };
}

/** Stays that touch or overlap are one occupancy: it ends when the place stands empty. */
function spansOf(stays: readonly Stay[]): readonly Span[] {
  const spans: Span[] = [];
  for (const { from, to } of stays.toSorted((a, b) => a.from - b.from)) {
    const last = spans.at(-1);
    if (!last || (last.to !== null && last.to < from)) spans.push({ from, to });
    else if (last.to !== null && (to === null || to > last.to)) last.to = to;
  }
  return spans;
}

function emptyBetween(use: Use, spans: readonly Span[]): void {
  let free = 0;
  for (const { from, to } of spans) {
    standEmpty(use, free, from);
    free = to ?? use.length;
  }
  standEmpty(use, free, use.length);
}

/** The only lease of a day; none where a room has several. */
function leaseAt(stays: readonly Stay[], day: number): number | null {
  const held = stays.flatMap(({ from, to }, index) =>
    from <= day && (to === null || day < to) ? [index] : [],
  );
  return held.length === 1 ? (held[0] ?? null) : null;
}

function leaseOf({ days }: Calendar, { bed, name, from, to }: Stay) {
  return { bed, name, from: days[from] ?? "", to: to === null ? null : (days[to] ?? null) };
}

function occupancyOf({ starts }: Calendar, { from, to }: Span): DrawnOccupancy {
  const instant = (day: number) => starts[day] ?? new Date(0);
  return { startsAt: instant(from), endsAt: to === null ? null : instant(to) };
}

type Buyings = readonly {
  readonly span: Span;
  readonly buying: { readonly remainingAt: (time: number) => number };
}[];

function metersOf(
  calendar: Calendar,
  home: Home,
  at: { readonly swapped: number | null; readonly buyings: Buyings },
): readonly DrawnMeter[] {
  const { meterNumbers, habit, use, random, story = {} } = home;
  const { swapped, buyings } = at;
  const firstValue = Math.round(40_000 + random() * 4_000_000);
  const serves = [
    { from: 0, to: swapped, firstValue },
    ...(swapped === null ? [] : [{ from: swapped, to: null, firstValue: 0 }]),
  ];
  return serves.map(({ from, to, firstValue: value }, index): DrawnMeter => {
    const until = to ?? HISTORY_DAYS + 0.9;
    const span = { from, to: until };
    const register = (each: Habit, window: readonly [number, number]) =>
      drawRegister(calendar, {
        use,
        habit: each,
        from: window[0],
        to: window[1],
        random,
        firstValue: value + usedBetween(use, from, window[0]),
      });
    const { notebook } = story;
    const read =
      habit === "remaining"
        ? remainingOf(calendar, buyings, { ...span, random })
        : register(habit, [from, until]);
    const late = notebook ? register("weekly", notebook) : [];
    return {
      meterNumber: meterNumbers[index] ?? meterNumbers[0],
      resource: "electricity",
      isPrepaid: true,
      installedAt: instantOf(calendar, from),
      removedAt: to === null ? null : instantOf(calendar, to),
      source: habit === "daily" ? "gateway" : habit === "remaining" ? "resident" : "import",
      readings: notebook ? outside(calendar, read, notebook) : read,
      late,
    };
  });
}

function usedBetween(use: Use, from: number, to: number): number {
  const sums = cumulated(use);
  return usedUntil(sums, to) - usedUntil(sums, from);
}

function remainingOf(
  calendar: Calendar,
  buyings: Buyings,
  span: { readonly from: number; readonly to: number; readonly random: () => number },
): readonly DrawnReading[] {
  return buyings.flatMap(({ span: held, buying }) => {
    const from = Math.max(span.from, held.from);
    const to = Math.min(span.to, held.to ?? HISTORY_DAYS);
    const { remainingAt } = buying;
    return drawRemaining(calendar, { remainingAt, from, to, everyDays: 9, random: span.random });
  });
}

/** A notebook's weeks are read by nobody else. */
function outside(
  calendar: Calendar,
  readings: readonly DrawnReading[],
  [from, to]: readonly [number, number],
): readonly DrawnReading[] {
  const [first, last] = [instantOf(calendar, from), instantOf(calendar, to)];
  return readings.filter(({ at }) => at < first || at >= last);
}
