import type { PurchaseView } from "@/lib/vending";
import { moneyJson } from "../core/money-json";
import { priceLinesOf } from "../core/price-lines";
import { apiStateOf } from "../core/purchase-state";
import type { PurchaseAnswer, QuoteAnswer } from "./schemas";

const STEP_WH = 100n;

export function quoteJson(purchase: PurchaseView): QuoteAnswer {
  const { id, quote } = purchase;
  return { id, ...pricedJson(purchase), expires_at: quote.expiresAt.toISOString() };
}

export type References = { readonly clientReference: string; readonly paymentReference: string };

export function purchaseJson(purchase: PurchaseView, references: References): PurchaseAnswer {
  return {
    id: purchase.id,
    state: apiStateOf(purchase.status),
    client_reference: references.clientReference,
    payment_reference: references.paymentReference,
    ...pricedJson(purchase),
    is_repriced: purchase.isRepriced,
    receipt_number: purchase.receiptNumber,
    paid_at: purchase.paidAt?.toISOString() ?? null,
    issued_at: purchase.issuedAt?.toISOString() ?? null,
    tokens: [...purchase.tokens],
  };
}

function pricedJson({ meter, quote, currency }: PurchaseView) {
  const money = (amountMinor: bigint) => moneyJson(amountMinor, currency);
  const lines = priceLinesOf(quote);
  return {
    meter: meter.meterNumber,
    amount: money(quote.amountMinor),
    energy_wh: (BigInt(quote.tokenUnits) * STEP_WH).toString(),
    lines: lines.map(({ kind, name, amountMinor }) => ({
      kind,
      name,
      amount: money(amountMinor),
    })),
    included_tax: quote.includedTaxMinor > 0n ? money(quote.includedTaxMinor) : null,
  };
}
