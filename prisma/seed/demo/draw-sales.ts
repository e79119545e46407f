import { type Calendar, instantOf, timeOfNow } from "./calendar";
import { cumulated, type PriceLevel, timeOfUse, type Use, usedUntil } from "./use";

/** How a place's window shall look today. */
export type Light = "bright" | "dim" | "dark";

export type SaleAt = { readonly time: number; readonly amount: number };

/** What a place buys in a span of days, and what it held at any time in it. */
export type Buying = {
  readonly sales: readonly SaleAt[];
  readonly remainingAt: (time: number) => number;
};

const RESERVE_WH = 1_500;
const RECENT_DAYS = 14;

/**
 * Purchases of one occupancy, drawn backward from its end: the last one leaves the meter as it
 * shall look, and each one before lasted until the next. Where the light is out, use ends with the
 * credit.
 */
export function drawSales(
  calendar: Calendar,
  span: {
    readonly use: Use;
    readonly from: number;
    /** Null: until now. */
    readonly to: number | null;
    readonly light: Light;
    /** How many days an amount lasts, least and most. */
    readonly lasts: readonly [number, number];
    readonly price: PriceLevel;
    readonly random: () => number;
  },
): Buying {
  const { use, from, to, light, price, random } = span;
  const sums = cumulated(use);
  const end = to ?? timeOfNow(calendar);
  const [least, most] = span.lasts;
  const draw = (days: number, before: number) => amountFor(days * dailyUse(sums, before), price);
  const between = (low: number, high: number) => low + random() * (high - low);

  const usual = between(least, most);
  const lastDays = light === "bright" ? between(13, 18) : Math.max(usual, 8);
  const last = draw(lastDays, end);
  const lastsDays = last.energyWh / dailyUse(sums, end);
  const sinceDays = daysSince(light, lastsDays, between);
  let time = Math.max(end - sinceDays, from + 0.3);
  const bought = [{ time, ...last }];
  while (time > from + 1) {
    const amount = draw(between(least, most), time);
    const earlier = timeOfUse(sums, usedUntil(sums, time) - amount.energyWh);
    if (earlier <= from + 1) break;
    bought.unshift({ time: earlier, ...amount });
    time = earlier;
  }
  if (time > from + 1) {
    const needed = usedUntil(sums, time) - usedUntil(sums, from);
    bought.unshift({ time: from + 0.35, ...amountFor(needed, price) });
  }
  if (light === "dark" && to === null) goDark(use, sums, bought.at(-1));
  return { sales: bought, remainingAt: remainingOf(bought, cumulated(use), from) };
}

function daysSince(
  light: Light,
  lastsDays: number,
  between: (low: number, high: number) => number,
): number {
  switch (light) {
    case "bright":
      return between(0.1, Math.max(0.3, lastsDays - 8.5));
    case "dim":
      return Math.max(0.2, lastsDays - between(1.5, 5.5));
    case "dark":
      return lastsDays + between(2, 9);
  }
}

/** The mean of the last two weeks before a time. */
function dailyUse(sums: readonly number[], time: number): number {
  const from = Math.max(0, time - RECENT_DAYS);
  const days = Math.max(1, time - from);
  return Math.max(200, (usedUntil(sums, time) - usedUntil(sums, from)) / days);
}

function amountFor(energyWh: number, { grossPerKwh, step, least }: PriceLevel) {
  const exact = (energyWh / 1_000) * grossPerKwh;
  const amount = Math.max(least, Math.round(exact / step) * step);
  return { amount, energyWh: (amount / grossPerKwh) * 1_000 };
}

type Bought = SaleAt & { readonly energyWh: number };

function goDark(use: Use, sums: readonly number[], last: Bought | undefined): void {
  if (!last) return;
  const out = timeOfUse(sums, usedUntil(sums, last.time) + last.energyWh);
  const day = Math.floor(out);
  use[day] = (use[day] ?? 0) * (out - day);
  for (let after = day + 1; after < use.length; after += 1) use[after] = 0;
}

function remainingOf(bought: readonly Bought[], sums: readonly number[], from: number) {
  return (time: number) => {
    const added = bought.reduce((sum, sale) => sum + (sale.time <= time ? sale.energyWh : 0), 0);
    const used = usedUntil(sums, time) - usedUntil(sums, from);
    return Math.max(0, RESERVE_WH + added - used);
  };
}

/** People buy when they are awake: a day's time is pressed into its waking hours. */
export function instantOfSale(calendar: Calendar, time: number): Date {
  const day = Math.floor(time);
  return instantOf(calendar, day + (7 + (time - day) * 14.5) / 24);
}
