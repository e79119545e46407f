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

/** What stayed due when a purchase last took of it, with everything raised up to that day. */
export type ChargeState = { readonly dueMinor: bigint; readonly raisedOn: string };

/**
 * What is due of a fixed charge on a civil day of the building ("YYYY-MM-DD"), before tax: what
 * stayed due, and what was raised since. By the month each calendar month that was touched counts
 * whole; by the day each day. What is dropped at the month's end is due of this month alone.
 */
export function fixedDue(input: {
  readonly charge: FixedCharge;
  readonly currency: CurrencyCode;
  /** Null where no purchase took of it yet. */
  readonly state: ChargeState | null;
  /** The first day that can be charged. */
  readonly since: string;
  readonly today: string;
}): bigint {
  const { charge, currency, state, since, today } = input;
  if (charge.amount === null) return 0n;
  const isMonthly = charge.per === "month";
  const numberOf = isMonthly ? monthNumber : dayNumber;
  const monthStart = `${today.slice(0, 7)}-01`;
  const isDropped = charge.whenUnpaid === "drop";
  const stays = state && !(isDropped && state.raisedOn < monthStart) ? state.dueMinor : 0n;
  const unpaid = state ? Math.max(numberOf(since), numberOf(state.raisedOn) + 1) : numberOf(since);
  const first = isDropped ? Math.max(unpaid, numberOf(monthStart)) : unpaid;
  const count = Math.max(0, numberOf(today) - first + 1);
  const exact = minorOf(charge.amount, minorDigitsOf(currency));
  return stays + roundHalfUp(multiplyRationals(exact, rational(BigInt(count))));
}

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

function monthNumber(day: string): number {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return year * MONTHS_A_YEAR + month - 1;
}
