import {
  type CurrencyCode,
  minorDigitsOf,
  rational,
  rationalOfDecimal,
  roundHalfUp,
} from "@/lib/money";
import type { FixedCharge } from "./tariff-definition";

/** What was due of a charge when it was last looked at, with everything raised up to that day. */
export type ChargeState = { readonly dueMinor: bigint; readonly raisedOn: string };

/**
 * What is due of a fixed charge on a civil day, net of tax in minor units. A monthly charge is
 * raised once for each calendar month, on its first day held; a daily one for each day. `since` is
 * the first day that can be charged. What was not paid at a month's end is dropped or stays due, as
 * the charge says. Nothing for a charge whose amount comes in with the purchase.
 */
export function fixedDue(of: {
  readonly charge: FixedCharge;
  readonly currency: CurrencyCode;
  readonly state: ChargeState | null;
  readonly since: string;
  readonly today: string;
}): bigint {
  const { charge, currency, since, today } = of;
  if (charge.amount === null || charge.per === null || since > today) return 0n;
  const month = firstOfMonth(today);
  const isDropped = charge.whenUnpaid === "drop";
  const state = of.state && isDropped && of.state.raisedOn < month ? null : of.state;
  const first = isDropped && since < month ? month : since;
  const count =
    charge.per === "month"
      ? monthsBetween(state?.raisedOn ?? null, first, today)
      : daysBetween(state?.raisedOn ?? null, first, today);
  const { numerator, denominator } = rationalOfDecimal(charge.amount);
  const minor = numerator * 10n ** BigInt(minorDigitsOf(currency));
  const raised = roundHalfUp(rational(BigInt(count) * minor, denominator));
  return (state?.dueMinor ?? 0n) + raised;
}

const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

/** Calendar months from the one after the last raised, or from the first, to today's. */
function monthsBetween(raisedOn: string | null, first: string, today: string): number {
  const from = raisedOn ? monthNumber(raisedOn) + 1 : monthNumber(first);
  return Math.max(0, monthNumber(today) - from + 1);
}

function monthNumber(day: string): number {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return year * 12 + month;
}

const DAY_MS = 86_400_000;
const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

/** Days from the one after the last raised, or from the first, to today. */
function daysBetween(raisedOn: string | null, first: string, today: string): number {
  const from = raisedOn ? dayNumber(raisedOn) + 1 : dayNumber(first);
  return Math.max(0, dayNumber(today) - from + 1);
}
