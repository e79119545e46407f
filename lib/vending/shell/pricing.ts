import type { ScopedTx } from "@/lib/access";
import { assert } from "@/lib/kernel";
import { type CurrencyCode, parseCurrencyCode } from "@/lib/money";
import {
  amountForEnergy,
  amountOfLine,
  NOTHING_DUE,
  priceOfAmount,
  type TariffVersionInForce,
} from "@/lib/tariffs";
import type { Price, Pricing, QuoteFigures } from "../core/quote";

/** A tariff version at work in a currency. */
export function pricingOf(version: TariffVersionInForce, currency: CurrencyCode): Pricing {
  const { definition } = version;
  return {
    priceOf: (amountMinor) => pricedFlat({ definition, currency, amountMinor }),
    costOf: (energyWh) => amountForEnergy({ definition, currency, energyWh, basis: NOTHING_DUE }),
  };
}

/** A price with its tax apart and everything else as energy, as the purchase keeps it so far. */
function pricedFlat(given: Omit<Parameters<typeof priceOfAmount>[0], "basis">): Price {
  const price = priceOfAmount({ ...given, basis: NOTHING_DUE });
  if (!price.ok) {
    const nothing = { energyWh: 0n, energyMinor: 0n, taxMinor: 0n, includedTaxMinor: 0n };
    return { ...nothing, unspentMinor: given.amountMinor };
  }
  const { energyWh, includedTaxMinor, unspentMinor } = price.value;
  const taxMinor = amountOfLine(price.value, "tax");
  const energyMinor = given.amountMinor - unspentMinor - taxMinor;
  return { energyWh, energyMinor, taxMinor, includedTaxMinor, unspentMinor };
}

/** The watt-hours an occupancy carries from its purchases so far. */
export async function carriedWhOf(tx: ScopedTx, occupancyId: string): Promise<bigint> {
  const { organizationId } = tx.scope;
  const wallet = await tx.db.wallet.findUniqueOrThrow({
    where: { organizationId_occupancyId: { organizationId, occupancyId } },
    select: { carriedWh: true },
  });
  return wallet.carriedWh;
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
export function requireCurrency(stored: string): CurrencyCode {
  const currency = parseCurrencyCode(stored);
  assert(currency.ok, "a stored currency is known");
  return currency.value;
}
