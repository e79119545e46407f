// The one place that knows how a price is made up: what is added to it is added here.

type Price = {
  readonly walletMinor: bigint;
  readonly unspentMinor: bigint;
  readonly lines: readonly { readonly code: string; readonly amountMinor: bigint }[];
};

export const LINE_KINDS = [
  "kept_before",
  "fee",
  "arrears",
  "fixed",
  "energy",
  "levy",
  "tax",
  "kept",
] as const;
type LineKind = (typeof LINE_KINDS)[number];

export type PriceLine = {
  readonly kind: LineKind;
  /** Which fixed charge, or which levy. */
  readonly name: string | null;
  readonly amountMinor: bigint;
};

/** A price line by line; the lines add up to the amount. What is nothing has no line. */
export function priceLinesOf(price: Price): readonly PriceLine[] {
  const lines: readonly PriceLine[] = [
    // Money kept from before is spent first: the amount is so much less than its parts.
    { kind: "kept_before", name: null, amountMinor: -price.walletMinor },
    ...price.lines.map(({ code, amountMinor }) => ({ ...kindOf(code), amountMinor })),
    // Too little for another watt-hour: it stays with the holder for the next purchase.
    { kind: "kept", name: null, amountMinor: price.unspentMinor },
  ];
  return lines.filter(({ amountMinor }) => amountMinor !== 0n);
}

function kindOf(code: string): Omit<PriceLine, "amountMinor"> {
  const [word = "", name = null] = code.split(":");
  const kind = LINE_KINDS.find((each) => each === word);
  if (!kind) throw new Error(`a price has a line of no known kind: ${word}`);
  return { kind, name };
}
