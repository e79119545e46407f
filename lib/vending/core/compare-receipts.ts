import type { TariffDefinition } from "@/lib/tariffs/shared";
import type { ChargeDue } from "./quote";

/** What a price was made of: the version, what was paid, and the basis. */
export type PriceTerms = {
  readonly definition: TariffDefinition;
  readonly amountMinor: bigint;
  readonly walletMinor: bigint;
  readonly monthBeforeWh: bigint;
  readonly arrearsBeforeMinor: bigint;
  readonly charges: readonly Pick<ChargeDue, "code" | "dueMinor">[];
};

/** A sold purchase: its terms, what they bought and what came from and went to its neighbours. */
export type ReceiptTerms = PriceTerms & {
  readonly energyWh: bigint;
  readonly carriedBeforeWh: bigint;
  readonly carriedAfterWh: bigint;
};

const REASONS = [
  "amount",
  "wallet",
  "month",
  "prices",
  "tax",
  "fee",
  "fixed",
  "arrears",
  "carried",
  "rest",
] as const;
export type DifferenceReason = (typeof REASONS)[number];

/** What one reason made of the difference; negative where it took watt-hours away. */
export type Difference = { readonly reason: DifferenceReason; readonly energyWh: bigint };

export type Comparison = {
  readonly thenWh: bigint;
  readonly nowWh: bigint;
  /** In the order of the arithmetic; they add up to what was got now less what was got then. */
  readonly differences: readonly Difference[];
  /** What weighed most in the direction of the whole; null where both tokens say the same. */
  readonly main: DifferenceReason | null;
};

type Step = readonly [DifferenceReason, (stands: PriceTerms, now: PriceTerms) => PriceTerms];

const withDefinition = (stands: PriceTerms, part: Partial<TariffDefinition>): PriceTerms => ({
  ...stands,
  definition: { ...stands.definition, ...part },
});

/** Each step puts one thing of the later purchase in the place of the earlier one's. */
const STEPS: readonly Step[] = [
  ["amount", (stands, { amountMinor }) => ({ ...stands, amountMinor })],
  ["wallet", (stands, { walletMinor }) => ({ ...stands, walletMinor })],
  ["month", (stands, { monthBeforeWh }) => ({ ...stands, monthBeforeWh })],
  [
    "prices",
    (stands, { definition: { steps, levies, energyTaxable, pricesIncludeTax } }) =>
      withDefinition(stands, { steps, levies, energyTaxable, pricesIncludeTax }),
  ],
  ["tax", (stands, { definition: { tax } }) => withDefinition(stands, { tax })],
  ["fee", (stands, { definition: { fee } }) => withDefinition(stands, { fee })],
  [
    "fixed",
    (stands, { definition: { fixed }, charges }) => ({
      ...withDefinition(stands, { fixed }),
      charges,
    }),
  ],
  [
    "arrears",
    (stands, { definition: { arrears }, arrearsBeforeMinor }) => ({
      ...withDefinition(stands, { arrears }),
      arrearsBeforeMinor,
    }),
  ],
];

/**
 * Why a purchase gave more or fewer watt-hours than an earlier one. The earlier is turned into the
 * later one thing at a time, in a fixed order, and each thing is given the watt-hours that its own
 * turn made: so the parts add up to the whole difference, whatever the tariff. `energyOf` is the
 * tariff's arithmetic, nothing where an amount is too small.
 */
export function compareReceipts(
  then: ReceiptTerms,
  now: ReceiptTerms,
  energyOf: (terms: PriceTerms) => bigint,
): Comparison {
  const differences: Difference[] = [];
  let stands: PriceTerms = then;
  let energyWh = energyOf(then);
  const firstWh = energyWh;
  for (const [reason, turn] of STEPS) {
    stands = turn(stands, now);
    const turnedWh = energyOf(stands);
    differences.push({ reason, energyWh: turnedWh - energyWh });
    energyWh = turnedWh;
  }
  const carried = carriedWh(now) - carriedWh(then);
  differences.push({ reason: "carried", energyWh: carried });
  // Nothing, unless a price was made by an arithmetic that is not the one of today.
  const rest = now.energyWh - energyWh - (then.energyWh - firstWh);
  differences.push({ reason: "rest", energyWh: rest });
  const thenWh = then.energyWh + carriedWh(then);
  const nowWh = now.energyWh + carriedWh(now);
  const told = differences.filter((difference) => difference.energyWh !== 0n);
  return { thenWh, nowWh, differences: told, main: mainOf(told, nowWh - thenWh) };
}

/** What a token got from the watt-hours carried before, less what it left to the next. */
const carriedWh = ({ carriedBeforeWh, carriedAfterWh }: ReceiptTerms): bigint =>
  carriedBeforeWh - carriedAfterWh;

function mainOf(differences: readonly Difference[], whole: bigint): DifferenceReason | null {
  if (whole === 0n) return null;
  const weightOf = ({ energyWh }: Difference) => (whole < 0n ? -energyWh : energyWh);
  const heaviest = differences.reduce<Difference | null>(
    (most, each) => (most === null || weightOf(each) > weightOf(most) ? each : most),
    null,
  );
  return heaviest?.reason ?? null;
}
