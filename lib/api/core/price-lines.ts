// The one place that knows how a price is made up: what is added to it is added here.

type Price = {
  readonly amountMinor: bigint;
  readonly energyMinor: bigint;
  readonly taxMinor: bigint;
  readonly unspentMinor: bigint;
};

export const LINE_KINDS = ["energy", "tax", "kept"] as const;
export type PriceLine = {
  readonly kind: (typeof LINE_KINDS)[number];
  readonly amountMinor: bigint;
};

/** A price line by line; the lines add up to the amount. What is nothing has no line. */
export function priceLinesOf(price: Price): readonly PriceLine[] {
  const lines: readonly PriceLine[] = [
    { kind: "energy", amountMinor: price.energyMinor },
    { kind: "tax", amountMinor: price.taxMinor },
    // Too little for another watt-hour: it stays with the holder for the next purchase.
    { kind: "kept", amountMinor: price.unspentMinor },
  ];
  return lines.filter(({ amountMinor }) => amountMinor !== 0n);
}
