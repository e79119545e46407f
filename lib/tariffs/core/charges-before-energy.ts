import {
  addRationals,
  type CurrencyCode,
  minorDigitsOf,
  multiplyRationals,
  rational,
  roundHalfUp,
} from "@/lib/money";
import { floorPercent, fractionOf, least, minorOf, withoutPercent, withPercent } from "./exact";
import type { FixedCharge, TariffDefinition } from "./tariff-definition";

/** What a purchase is made on, beside the tariff: it is recorded with the quote. */
export type PurchaseBasis = {
  /** Bought on the meter in the calendar month of the building's zone, before this purchase. */
  readonly monthToDateWh: bigint;
  readonly arrearsMinor: bigint;
  /** What is due of each fixed charge by its code, before tax. */
  readonly fixedDueMinor: ReadonlyMap<string, bigint>;
};

/** A first purchase of the month by somebody who owes nothing. */
export const NOTHING_DUE: PurchaseBasis = {
  monthToDateWh: 0n,
  arrearsMinor: 0n,
  fixedDueMinor: new Map(),
};

/** A part of what was paid: "fee", "arrears", "fixed:CODE", "energy", "levy:CODE" or "tax". */
export type PriceLine = { readonly code: string; readonly amountMinor: bigint };

/** What an amount pays before energy; nothing or less is left where it is too small. */
export type BeforeEnergy = { readonly lines: readonly PriceLine[]; readonly leftMinor: bigint };

/** Takes the fee, the arrears and the fixed charges off an amount, in this order. */
export function chargesBeforeEnergy(input: {
  readonly definition: TariffDefinition;
  readonly minorDigits: number;
  readonly amountMinor: bigint;
  readonly basis: PurchaseBasis;
}): BeforeEnergy {
  const { definition, minorDigits, amountMinor, basis } = input;
  const lines: PriceLine[] = [];
  let leftMinor = amountMinor;
  const take = (code: string, taken: bigint) => {
    lines.push({ code, amountMinor: taken });
    leftMinor -= taken;
  };
  if (definition.fee.bearer === "resident") {
    take("fee", feeOf(definition.fee, amountMinor, minorDigits));
  }
  // A fee above the amount leaves nothing that anything else could be taken from.
  if (leftMinor <= 0n) return { lines, leftMinor };
  const mostArrears = floorPercent(leftMinor, definition.arrears.maxPercent);
  take("arrears", least(basis.arrearsMinor, mostArrears));
  for (const charge of definition.fixed) {
    const due = basis.fixedDueMinor.get(charge.code) ?? 0n;
    if (due <= 0n) continue;
    const { net, tax } = fixedPartsOf(definition, charge, due, leftMinor);
    take(`fixed:${charge.code}`, net);
    take("tax", tax);
  }
  return { lines, leftMinor };
}

/** The fee for an amount where the landlord bears it: no line of the price. */
export function ownerFee(input: {
  readonly definition: TariffDefinition;
  readonly currency: CurrencyCode;
  readonly amountMinor: bigint;
}): bigint {
  const { definition, currency, amountMinor } = input;
  if (definition.fee.bearer !== "owner") return 0n;
  return least(feeOf(definition.fee, amountMinor, minorDigitsOf(currency)), amountMinor);
}

function feeOf(fee: TariffDefinition["fee"], amountMinor: bigint, minorDigits: number): bigint {
  const share = multiplyRationals(rational(amountMinor), fractionOf(fee.percent));
  return roundHalfUp(addRationals(share, minorOf(fee.fixed, minorDigits)));
}

function fixedPartsOf(
  definition: TariffDefinition,
  charge: FixedCharge,
  due: bigint,
  leftMinor: bigint,
): { readonly net: bigint; readonly tax: bigint } {
  const { percent } = definition.tax;
  const isTaxed = charge.taxable && !definition.pricesIncludeTax;
  const gross = isTaxed ? withPercent(due, percent) : due;
  const taken = least(gross, floorPercent(leftMinor, charge.maxPercentOfPurchase));
  const net = isTaxed ? withoutPercent(taken, percent) : taken;
  return { net, tax: taken - net };
}
