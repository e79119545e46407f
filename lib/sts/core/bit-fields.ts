import { assert } from "@/lib/kernel";

/** Names and widths as the standard draws them, the most significant field first. */
export type FieldLayout = readonly (readonly [name: string, widthBits: number])[];

export type FieldValues<Layout extends FieldLayout> = {
  readonly [Field in Layout[number] as Field[0]]: number;
};

/** The bits of all fields together. */
export function totalWidthBits(layout: FieldLayout): number {
  return layout.reduce((sum, [, widthBits]) => sum + widthBits, 0);
}

/** Puts the fields side by side. A value that does not fit its field is a bug; it is not masked. */
export function packFields<const Layout extends FieldLayout>(
  layout: Layout,
  values: FieldValues<Layout>,
): bigint {
  const namedValues: Readonly<Record<string, number>> = values;
  let packed = 0n;
  for (const [name, widthBits] of layout) {
    const value = namedValues[name] ?? -1;
    const fits = Number.isSafeInteger(value) && value >= 0 && value < 2 ** widthBits;
    assert(fits, `${name} fits into ${widthBits} bits`);
    packed = (packed << BigInt(widthBits)) | BigInt(value);
  }
  return packed;
}

/** Takes the fields apart again. Bits above the layout are a bug. */
export function unpackFields<const Layout extends FieldLayout>(
  layout: Layout,
  packed: bigint,
): FieldValues<Layout> {
  assert(
    packed >= 0n && packed >> BigInt(totalWidthBits(layout)) === 0n,
    "packed fields are as wide as their layout",
  );
  const values: Record<string, number> = {};
  let rest = packed;
  for (const [name, widthBits] of layout.toReversed()) {
    values[name] = Number(rest & ((1n << BigInt(widthBits)) - 1n));
    rest >>= BigInt(widthBits);
  }
  return values as FieldValues<Layout>;
}
