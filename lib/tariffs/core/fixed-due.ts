import {
  type CurrencyCode,
  minorDigitsOf,
  multiplyRationals,
  rational,
  roundHalfUp,
} from "@/lib/money";
import { minorOf } from "./exact";
import type { FixedCharge } from "./tariff-definition";

const DAY_MS = 86_400_000;
const MONTHS_A_YEAR = 12;

/**
 * What is due of a fixed charge on a civil day of the building ("YYYY-MM-DD"), before tax. It is
 * due from the day after the last one it was paid for, or from the day the resident came. By the
 * month each calendar month that was touched counts whole. What is dropped at the month's end is
 * due of this month alone.
 */
export function fixedDue(input: {
  readonly charge: FixedCharge;
  readonly currency: CurrencyCode;
  /** The last day for which it was paid; by the month, any day of the last month paid for. */
  readonly lastPaidOn: string | null;
  readonly since: string;
  readonly today: string;
}): bigint {
  const { charge, currency, lastPaidOn, since, today } = input;
  if (charge.amount === null) return 0n;
  const thisMonth = monthNumber(today);
  const [from, to] =
    charge.per === "month"
      ? [firstUnpaid(monthNumber(since), lastPaidOn && monthNumber(lastPaidOn)), thisMonth]
      : [firstUnpaid(dayNumber(since), lastPaidOn && dayNumber(lastPaidOn)), dayNumber(today)];
  const monthStart = charge.per === "month" ? thisMonth : dayNumber(`${today.slice(0, 7)}-01`);
  const first = charge.whenUnpaid === "drop" ? Math.max(from, monthStart) : from;
  const count = Math.max(0, to - first + 1);
  const exact = minorOf(charge.amount, minorDigitsOf(currency));
  return roundHalfUp(multiplyRationals(exact, rational(BigInt(count))));
}

function firstUnpaid(since: number, lastPaid: number | "" | null): number {
  return typeof lastPaid === "number" ? Math.max(since, lastPaid + 1) : since;
}

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

function monthNumber(day: string): number {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return year * MONTHS_A_YEAR + month - 1;
}
