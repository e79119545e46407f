import { assert } from "@/lib/kernel";
import { type CurrencyCode, parseCurrencyCode } from "@/lib/money";
import { amountForEnergy, ownerFee, priceOfAmount, type TariffVersionInForce } from "@/lib/tariffs";
import type { Pricing, QuoteFigures } from "../core/quote";

/** A tariff version at work in a currency. */
export function pricingOf(version: TariffVersionInForce, currency: CurrencyCode): Pricing {
  const { definition } = version;
  return {
    priceOf: (amountMinor, basis) => priceOfAmount({ definition, currency, amountMinor, basis }),
    costOf: (energyWh, basis) => amountForEnergy({ definition, currency, energyWh, basis }),
    ownerFeeOf: (amountMinor) => ownerFee({ definition, currency, amountMinor }),
  };
}

/** A quote as the purchase's SQL functions take it. */
export function quoteArguments(quote: {
  readonly id: string;
  readonly figures: QuoteFigures;
  readonly tariffVersionId: string;
  readonly now: Date;
  readonly validSeconds: number;
}) {
  const { id, figures, tariffVersionId, now, validSeconds } = quote;
  const expiresAt = new Date(now.getTime() + validSeconds * 1_000);
  return { id, tariffVersionId, ...figures, createdAt: now, expiresAt };
}

/** A stored currency code, which is always a known one. */
export function requireCurrency(text: string): CurrencyCode {
  const currency = parseCurrencyCode(text);
  assert(currency.ok, "a stored currency is known");
  return currency.value;
}
