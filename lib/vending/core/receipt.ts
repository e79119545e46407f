import { assert } from "@/lib/kernel";
import { type CurrencyCode, type Decimal, minorDigitsOf, rational, roundHalfUp } from "@/lib/money";
import type { PricedBlock, PriceLine } from "@/lib/tariffs/shared";

/** What a sold purchase's receipt is made of. */
export type ReceiptFacts = {
  readonly currency: CurrencyCode;
  readonly seller: {
    readonly legalName: string;
    readonly taxNumber: string | null;
    readonly address: string | null;
    readonly contactEmail: string | null;
    readonly contactPhone: string | null;
  };
  readonly id: string;
  readonly receiptNumber: string | null;
  readonly clientReference: string | null;
  readonly payments: readonly { readonly provider: string; readonly reference: string }[];
  readonly paidAt: Date | null;
  readonly issuedAt: Date | null;
  readonly buildingName: string;
  readonly unitLabel: string;
  readonly meter: {
    readonly meterNumber: string;
    readonly encryptionAlgorithm: number;
    readonly tariffIndex: number;
    readonly supplyGroupCode: string;
    readonly keyRevisionNumber: number;
  };
  readonly tariff: { readonly name: string; readonly startsAt: Date };
  readonly quote: {
    readonly amountMinor: bigint;
    readonly walletMinor: bigint;
    readonly ownerFeeMinor: bigint;
    readonly includedTaxMinor: bigint;
    readonly unspentMinor: bigint;
    readonly lines: readonly PriceLine[];
    readonly blocks: readonly PricedBlock[];
    readonly charges: readonly { readonly code: string; readonly afterMinor: bigint }[];
    readonly arrearsBeforeMinor: bigint;
    readonly monthBeforeWh: bigint;
    readonly energyWh: bigint;
    readonly carriedBeforeWh: bigint;
    readonly carriedAfterWh: bigint;
  };
  readonly tokenParts: readonly { readonly digits: string; readonly energyWh: bigint }[];
  readonly isRepriced: boolean;
  /** Whether the reader may know the household's month and debts, beside this purchase's part. */
  readonly seesAccount: boolean;
};

export type ReceiptValue =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "instant"; readonly at: Date }
  | { readonly kind: "money"; readonly amountMinor: bigint }
  | { readonly kind: "energy"; readonly energyWh: bigint }
  | { readonly kind: "rate"; readonly pricePerKwh: Decimal }
  | ({ readonly kind: "block" } & Pick<PricedBlock, "energyWh" | "pricePerKwh" | "costMinor">);

/** One line; `label` is what it is about, `name` which of several: a levy's, a provider's. */
export type ReceiptRow = {
  readonly label: ReceiptLabel;
  readonly name?: string;
  readonly value: ReceiptValue;
};

export type ReceiptLabel =
  | "receiptNumber"
  | "issuedAt"
  | "paidAt"
  | "reference"
  | "clientReference"
  | "providerReference"
  | "building"
  | "unit"
  | "meterNumber"
  | "supplyGroupCode"
  | "keyRevisionNumber"
  | "tariffIndex"
  | "algorithm"
  | "wallet"
  | "line"
  | "unspent"
  | "paid"
  | "includedTax"
  | "ownerFee"
  | "tariff"
  | "tariffStart"
  | "block"
  | "average"
  | "monthBefore"
  | "monthAfter"
  | "bought"
  | "carriedBefore"
  | "carriedAfter"
  | "onTokens"
  | "arrearsLeft"
  | "chargeLeft"
  | "address"
  | "email"
  | "phone";

export type ReceiptSectionCode = "price" | "tariff" | "energy" | "due" | "meter" | "sale" | "help";

export type ReceiptSection = {
  readonly code: ReceiptSectionCode;
  readonly rows: readonly ReceiptRow[];
};

/** A receipt as every form of it shows it: screen, paper, PDF, JSON. */
export type Receipt = {
  readonly sections: readonly ReceiptSection[];
  readonly tokens: readonly {
    readonly step: number;
    readonly digits: string;
    readonly energyWh: bigint;
  }[];
  readonly energyWh: bigint;
};

const RATE_SCALE = 4;
const WH_PER_KWH = 1_000n;

const text = (label: ReceiptLabel, value: string | null, name?: string): readonly ReceiptRow[] =>
  row(label, value === null ? null : { kind: "text", text: value }, name);
const code = (label: ReceiptLabel, value: string | null, name?: string): readonly ReceiptRow[] =>
  row(label, value === null ? null : { kind: "code", text: value }, name);
const at = (label: ReceiptLabel, instant: Date | null): readonly ReceiptRow[] =>
  row(label, instant && { kind: "instant", at: instant });
const money = (label: ReceiptLabel, amountMinor: bigint, name?: string): readonly ReceiptRow[] =>
  row(label, { kind: "money", amountMinor }, name);
const energy = (label: ReceiptLabel, energyWh: bigint): readonly ReceiptRow[] =>
  row(label, { kind: "energy", energyWh });

function row(label: ReceiptLabel, value: ReceiptValue | null, name?: string) {
  return value === null ? [] : [{ label, value, ...(name === undefined ? {} : { name }) }];
}

const when = <T>(holds: boolean, rows: () => readonly T[]): readonly T[] => (holds ? rows() : []);

/**
 * Everything a receipt says, in its order. The rows of "price" add up: what the wallet gave is
 * taken off, what stays unspent is a line, and the last is what was paid.
 */
export function receiptOf(facts: ReceiptFacts): Receipt {
  const { quote, tokenParts } = facts;
  const tokensWh = quote.energyWh + quote.carriedBeforeWh - quote.carriedAfterWh;
  const saidWh = tokenParts.reduce((sum, part) => sum + part.energyWh, 0n);
  assert(tokenParts.length === 0 || saidWh === tokensWh, "the tokens say what was bought");
  const sections: readonly ReceiptSection[] = [
    { code: "price", rows: priceRows(facts) },
    { code: "tariff", rows: tariffRows(facts) },
    { code: "energy", rows: energyRows(facts, tokensWh) },
    { code: "due", rows: dueRows(facts) },
    { code: "meter", rows: meterRows(facts) },
    { code: "sale", rows: saleRows(facts) },
    { code: "help", rows: helpRows(facts) },
  ];
  return {
    sections: sections.filter(({ rows }) => rows.length > 0),
    tokens: tokenParts.map((part, index) => ({ step: index + 1, ...part })),
    energyWh: tokensWh,
  };
}

function priceRows({ quote }: ReceiptFacts): readonly ReceiptRow[] {
  return [
    ...when(quote.walletMinor > 0n, () => money("wallet", -quote.walletMinor)),
    ...quote.lines
      .filter(({ amountMinor }) => amountMinor !== 0n)
      .flatMap((line) => money("line", line.amountMinor, line.code)),
    ...when(quote.unspentMinor > 0n, () => money("unspent", quote.unspentMinor)),
    ...money("paid", quote.amountMinor),
  ];
}

function tariffRows({ quote, tariff, currency }: ReceiptFacts): readonly ReceiptRow[] {
  const average = averagePrice(quote, currency);
  return [
    ...text("tariff", tariff.name),
    ...at("tariffStart", tariff.startsAt),
    ...quote.blocks.map(({ energyWh, pricePerKwh, costMinor }): ReceiptRow => {
      return { label: "block", value: { kind: "block", energyWh, pricePerKwh, costMinor } };
    }),
    ...row("average", average && { kind: "rate", pricePerKwh: average }),
    ...when(quote.includedTaxMinor > 0n, () => money("includedTax", quote.includedTaxMinor)),
    ...when(quote.ownerFeeMinor > 0n, () => money("ownerFee", quote.ownerFeeMinor)),
  ];
}

/**
 * What a kWh cost all in all, with charges, fee and tax; a debt that was paid off is no price.
 * Rounded half up to four places, for showing.
 */
export function averagePrice(
  quote: Pick<ReceiptFacts["quote"], "lines" | "energyWh">,
  currency: CurrencyCode,
): Decimal | null {
  if (quote.energyWh <= 0n) return null;
  const spentMinor = quote.lines
    .filter((line) => line.code !== "arrears")
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const scaled = spentMinor * WH_PER_KWH * 10n ** BigInt(RATE_SCALE);
  const perMajor = quote.energyWh * 10n ** BigInt(minorDigitsOf(currency));
  return { digits: roundHalfUp(rational(scaled, perMajor)), scale: RATE_SCALE };
}

function energyRows({ quote, seesAccount }: ReceiptFacts, tokensWh: bigint) {
  const hasCarried = quote.carriedBeforeWh !== 0n || quote.carriedAfterWh !== 0n;
  return [
    ...energy("bought", quote.energyWh),
    ...when(hasCarried, () => [
      ...energy("carriedBefore", quote.carriedBeforeWh),
      ...energy("carriedAfter", quote.carriedAfterWh),
      ...energy("onTokens", tokensWh),
    ]),
    ...when(seesAccount, () => [
      ...energy("monthBefore", quote.monthBeforeWh),
      ...energy("monthAfter", quote.monthBeforeWh + quote.energyWh),
    ]),
  ];
}

/** What stays due is the household's affair: a guest sees what this purchase took, as a line. */
function dueRows({ quote, seesAccount }: ReceiptFacts): readonly ReceiptRow[] {
  if (!seesAccount) return [];
  const taken = quote.lines.find((line) => line.code === "arrears")?.amountMinor ?? 0n;
  return [
    ...when(quote.arrearsBeforeMinor > 0n, () =>
      money("arrearsLeft", quote.arrearsBeforeMinor - taken),
    ),
    ...quote.charges
      .filter(({ afterMinor }) => afterMinor > 0n)
      .flatMap((charge) => money("chargeLeft", charge.afterMinor, charge.code)),
  ];
}

function meterRows({ meter, buildingName, unitLabel }: ReceiptFacts): readonly ReceiptRow[] {
  return [
    ...code("meterNumber", meter.meterNumber),
    ...text("building", buildingName),
    ...text("unit", unitLabel),
    ...code("supplyGroupCode", meter.supplyGroupCode),
    ...code("keyRevisionNumber", String(meter.keyRevisionNumber)),
    ...code("tariffIndex", String(meter.tariffIndex)),
    ...code("algorithm", String(meter.encryptionAlgorithm)),
  ];
}

function saleRows(facts: ReceiptFacts): readonly ReceiptRow[] {
  return [
    ...code("receiptNumber", facts.receiptNumber),
    ...at("paidAt", facts.paidAt),
    ...at("issuedAt", facts.issuedAt),
    ...code("reference", facts.id),
    ...code("clientReference", facts.clientReference),
    ...facts.payments.flatMap((paid) => code("providerReference", paid.reference, paid.provider)),
  ];
}

function helpRows({ seller }: ReceiptFacts): readonly ReceiptRow[] {
  return [
    ...text("address", seller.address),
    ...text("phone", seller.contactPhone),
    ...text("email", seller.contactEmail),
  ];
}
