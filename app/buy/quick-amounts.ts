import type { CurrencyCode } from "@/lib/money";

// What people usually top up with, in major units; the rest of the world types its own amount.
const USUAL: Partial<Record<CurrencyCode, readonly number[]>> = {
  KES: [200, 500, 1_000],
  ZAR: [50, 100, 200],
  NGN: [2_000, 5_000, 10_000],
  GHS: [50, 100, 200],
  TZS: [5_000, 10_000, 20_000],
  UGX: [10_000, 20_000, 50_000],
  EUR: [10, 20, 50],
  GBP: [10, 20, 50],
  USD: [10, 20, 50],
};
const FALLBACK = [100, 200, 500];

/** Three amounts to choose from, as the form sends them and as people read them. */
export function quickAmounts(currency: CurrencyCode | null, locale: string) {
  const amounts = (currency && USUAL[currency]) ?? FALLBACK;
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  return amounts.map((amount) => ({ value: String(amount), text: numbers.format(amount) }));
}
