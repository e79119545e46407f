import type { CurrencyCode } from "@/lib/money";
import { minorDigitsOf } from "@/lib/money";
import type { NearestAmounts } from "./payment-provider";

// Stripe counts in the currency's smallest unit with these exceptions of its own
// (docs.stripe.com/currencies): some currencies without minor units are still written with two
// digits, and those with three must end in a nought.
const WRITTEN_WITH_TWO_DIGITS: readonly string[] = ["UGX"];

const scaleOf = (currency: CurrencyCode) =>
  WRITTEN_WITH_TWO_DIGITS.includes(currency) && minorDigitsOf(currency) === 0 ? 100n : 1n;

/** Our minor units as Stripe counts them. */
export function toStripeAmount(amountMinor: bigint, currency: CurrencyCode): number {
  return Number(amountMinor * scaleOf(currency));
}

/** What Stripe counts, in our minor units; null for an amount that our books cannot hold. */
export function fromStripeAmount(amount: number, currency: CurrencyCode): bigint | null {
  if (!Number.isSafeInteger(amount) || amount < 0) return null;
  const scale = scaleOf(currency);
  return BigInt(amount) % scale === 0n ? BigInt(amount) / scale : null;
}

/** Of a currency with three digits Stripe takes only amounts that end in a nought. */
export function refusedByStripe(
  amountMinor: bigint,
  currency: CurrencyCode,
): NearestAmounts | null {
  if (minorDigitsOf(currency) !== 3 || amountMinor % 10n === 0n) return null;
  const belowMinor = amountMinor - (amountMinor % 10n);
  return { belowMinor, aboveMinor: belowMinor + 10n };
}
