import type { CurrencyCode } from "@/lib/money";
import { amountForEnergy } from "./amount-for-energy";
import { fixedDue } from "./fixed-due";
import type { TariffDefinition } from "./tariff-definition";

const HUNDRED = { digits: 100n, scale: 0 };
const NOTHING = { digits: 0n, scale: 0 };
/** A whole month of thirty days, for charges by the day. */
const MONTH = { state: null, since: "2026-06-01", today: "2026-06-30" };

/** The months that tariffs are compared by. */
export const COMPARED_KWH = [50n, 100n, 200n, 400n] as const;

/**
 * What a month of so much energy costs a resident in one purchase, with everything: levies, tax,
 * the fee where the resident bears it, and the month's fixed charges whole. Arrears are no price.
 */
export function costOfMonth(input: {
  readonly definition: TariffDefinition;
  readonly currency: CurrencyCode;
  readonly energyWh: bigint;
}): bigint {
  const { currency, energyWh } = input;
  const definition: TariffDefinition = {
    ...input.definition,
    arrears: { maxPercent: NOTHING },
    fixed: input.definition.fixed.map((charge) => ({ ...charge, maxPercentOfPurchase: HUNDRED })),
  };
  const due = definition.fixed.map(
    (charge) => [charge.code, fixedDue({ charge, currency, ...MONTH })] as const,
  );
  const basis = { monthToDateWh: 0n, arrearsMinor: 0n, fixedDueMinor: new Map(due) };
  return amountForEnergy({ definition, currency, energyWh, basis });
}

export type ComparedMonth = {
  readonly energyWh: bigint;
  readonly ownMinor: bigint;
  readonly referenceMinor: bigint;
};

/** Two tariffs of one currency side by side, month by month. */
export function compareTariffs(input: {
  readonly own: TariffDefinition;
  readonly reference: TariffDefinition;
  readonly currency: CurrencyCode;
}): readonly ComparedMonth[] {
  const { own, reference, currency } = input;
  return COMPARED_KWH.map((kwh) => {
    const energyWh = kwh * 1_000n;
    return {
      energyWh,
      ownMinor: costOfMonth({ definition: own, currency, energyWh }),
      referenceMinor: costOfMonth({ definition: reference, currency, energyWh }),
    };
  });
}

/** A tariff is above its reference when any of the compared months costs more. */
export function isAboveReference(months: readonly ComparedMonth[]): boolean {
  return months.some(({ ownMinor, referenceMinor }) => ownMinor > referenceMinor);
}
