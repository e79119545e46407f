import { inScope } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { MAXIMUM_AMOUNT_MINOR } from "@/lib/money";
import { findServedMeter } from "@/lib/property";
import { findVersionInForce } from "@/lib/tariffs";
import { type Basis, type Pricing, quoteFigures } from "../core/quote";
import { readBasis } from "./price-basis";
import { pricingOf } from "./pricing";

/** The least and the most that one purchase for a meter can be, in the building's currency. */
export type AmountLimits = { readonly minimumMinor: bigint; readonly maximumMinor: bigint };

/**
 * What `openPurchase` would refuse an amount by, asked beforehand. Null where nothing can be sold:
 * a meter that is in nobody's use, or without a price in force.
 */
export function findAmountLimits(
  scope: Scope,
  { meterId, now }: { readonly meterId: string; readonly now: Date },
): Promise<AmountLimits | null> {
  return inScope(scope, async (tx) => {
    const served = await findServedMeter(tx, meterId, now);
    if (!served?.occupancyId) return null;
    const version = await findVersionInForce(tx, served.tariffId, now);
    if (!version) return null;
    const { occupancyId, leaseId } = served;
    const basis = await readBasis(tx, { occupancyId, leaseId, version, now });
    return limitsOf(pricingOf(version, served.currency), basis);
  });
}

/** The smallest and the largest amount say it themselves, by how they are refused. */
function limitsOf(pricing: Pricing, basis: Basis): AmountLimits {
  const least = quoteFigures({ pricing, amountMinor: 1n, basis });
  const most = quoteFigures({ pricing, amountMinor: MAXIMUM_AMOUNT_MINOR, basis });
  const minimumMinor =
    !least.ok && least.error.code === "amount-too-small" ? least.error.minimumMinor : 1n;
  const maximumMinor =
    !most.ok && most.error.code === "energy-too-large"
      ? most.error.maximumMinor
      : MAXIMUM_AMOUNT_MINOR;
  return { minimumMinor, maximumMinor };
}
