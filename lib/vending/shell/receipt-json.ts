import { z } from "zod";
import { amountToJson, formatDecimal, minorDigitsOf } from "@/lib/money";
import { averagePrice, receiptOf } from "../core/receipt";
import type { PurchaseView } from "./purchase-view";
import type { ReprintView } from "./receipts";

const integer = z.string().regex(/^-?\d+$/);
const decimal = z.string().regex(/^\d+(?:\.\d+)?$/);
const instant = z.iso.datetime().nullable();
const line = z.object({ code: z.string(), amountMinor: integer });

/** A receipt for machines. Money is minor units and energy watt-hours, both as text. */
export const receiptSchema = z.strictObject({
  version: z.literal(1),
  receiptNumber: z.string().nullable(),
  paidAt: instant,
  issuedAt: instant,
  currency: z.string().length(3),
  minorDigits: z.int(),
  seller: z.strictObject({
    legalName: z.string(),
    taxNumber: z.string().nullable(),
    address: z.string().nullable(),
    contactEmail: z.string().nullable(),
    contactPhone: z.string().nullable(),
  }),
  references: z.strictObject({
    own: z.string(),
    client: z.string().nullable(),
    providers: z.array(z.strictObject({ provider: z.string(), reference: z.string() })),
  }),
  building: z.string(),
  unit: z.string(),
  meter: z.strictObject({
    meterNumber: z.string(),
    supplyGroupCode: z.string(),
    keyRevisionNumber: z.int(),
    tariffIndex: z.int(),
    encryptionAlgorithm: z.int(),
  }),
  tariff: z.strictObject({ name: z.string(), startsAt: z.iso.datetime() }),
  /** The lines and the unspent add up to what was paid and what the wallet gave. */
  paidMinor: integer,
  walletMinor: integer,
  unspentMinor: integer,
  lines: z.array(line),
  includedTaxMinor: integer,
  sellerFeeMinor: integer,
  blocks: z.array(z.strictObject({ pricePerKwh: decimal, energyWh: integer, costMinor: integer })),
  averagePricePerKwh: decimal.nullable(),
  energy: z.strictObject({
    boughtWh: integer,
    carriedBeforeWh: integer,
    carriedAfterWh: integer,
    tokensWh: integer,
  }),
  /** Null for a reader who may know this purchase alone. */
  account: z
    .strictObject({
      monthBeforeWh: integer,
      arrearsLeftMinor: integer,
      chargesLeft: z.array(line),
    })
    .nullable(),
  isRepriced: z.boolean(),
  /** In the order of typing; null for a reader who may not see the digits. */
  tokens: z
    .array(
      z.strictObject({ step: z.int(), digits: z.string().regex(/^\d{20}$/), energyWh: integer }),
    )
    .nullable(),
  reprint: z.strictObject({ number: z.int(), at: z.iso.datetime() }).nullable(),
});
export type ReceiptJson = z.infer<typeof receiptSchema>;

/** A sold purchase as `receiptSchema` says it. */
export function receiptJson(
  purchase: PurchaseView,
  shown: { readonly showsDigits: boolean; readonly reprint: ReprintView | null },
): ReceiptJson {
  const { quote, currency, seller, meter, tariff } = purchase;
  const { tokens, energyWh } = receiptOf(purchase);
  const average = averagePrice(quote, currency);
  const { meterNumber, supplyGroupCode, keyRevisionNumber, tariffIndex } = meter;
  const { encryptionAlgorithm } = meter;
  return {
    version: 1,
    receiptNumber: purchase.receiptNumber,
    paidAt: purchase.paidAt?.toISOString() ?? null,
    issuedAt: purchase.issuedAt?.toISOString() ?? null,
    currency,
    minorDigits: minorDigitsOf(currency),
    seller,
    references: {
      own: purchase.id,
      client: purchase.clientReference,
      providers: [...purchase.payments],
    },
    building: purchase.buildingName,
    unit: purchase.unitLabel,
    meter: { meterNumber, supplyGroupCode, keyRevisionNumber, tariffIndex, encryptionAlgorithm },
    tariff: { name: tariff.name, startsAt: tariff.startsAt.toISOString() },
    ...amountsOf(quote),
    averagePricePerKwh: average && formatDecimal(average),
    energy: {
      boughtWh: amountToJson(quote.energyWh),
      carriedBeforeWh: amountToJson(quote.carriedBeforeWh),
      carriedAfterWh: amountToJson(quote.carriedAfterWh),
      tokensWh: amountToJson(energyWh),
    },
    account: purchase.seesAccount ? accountOf(quote) : null,
    isRepriced: purchase.isRepriced,
    tokens: shown.showsDigits
      ? tokens.map((token) => ({ ...token, energyWh: amountToJson(token.energyWh) }))
      : null,
    reprint: shown.reprint && {
      number: shown.reprint.number,
      at: shown.reprint.at.toISOString(),
    },
  };
}

type Quote = PurchaseView["quote"];

function amountsOf(quote: Quote) {
  return {
    paidMinor: amountToJson(quote.amountMinor),
    walletMinor: amountToJson(quote.walletMinor),
    unspentMinor: amountToJson(quote.unspentMinor),
    lines: quote.lines.map(({ code, amountMinor }) => {
      return { code, amountMinor: amountToJson(amountMinor) };
    }),
    includedTaxMinor: amountToJson(quote.includedTaxMinor),
    sellerFeeMinor: amountToJson(quote.ownerFeeMinor),
    blocks: quote.blocks.map(({ pricePerKwh, energyWh, costMinor }) => ({
      pricePerKwh: formatDecimal(pricePerKwh),
      energyWh: amountToJson(energyWh),
      costMinor: amountToJson(costMinor),
    })),
  };
}

function accountOf(quote: Quote) {
  const taken = quote.lines.find(({ code }) => code === "arrears")?.amountMinor ?? 0n;
  return {
    monthBeforeWh: amountToJson(quote.monthBeforeWh),
    arrearsLeftMinor: amountToJson(quote.arrearsBeforeMinor - taken),
    chargesLeft: quote.charges.map(({ code, afterMinor }) => {
      return { code, amountMinor: amountToJson(afterMinor) };
    }),
  };
}
