import { assert } from "@/lib/kernel";
import type { CurrencyCode } from "./currency";

/** An exact amount in the currency's minor units (cents); negative where money goes back. */
export type Money = { readonly amountMinor: bigint; readonly currency: CurrencyCode };

/** An amount of minor units: `money(50000n, "KES")` is 500.00 shillings. */
export function money(amountMinor: bigint, currency: CurrencyCode): Money {
  return { amountMinor, currency };
}

/** The sum of two amounts of one currency; amounts of two currencies are a bug. */
export function addMoney(left: Money, right: Money): Money {
  assert(left.currency === right.currency, "only amounts of one currency add up");
  return money(left.amountMinor + right.amountMinor, left.currency);
}
