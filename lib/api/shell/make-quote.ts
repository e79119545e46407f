import type { ApiKeyHolder } from "@/lib/access";
import { assert, ok, type Result } from "@/lib/kernel";
import { findPurchase } from "@/lib/vending";
import type { Problem } from "../core/problems";
import { openSale } from "./open-sale";
import { quoteJson } from "./purchase-json";
import type { QuoteAnswer, QuoteRequest } from "./schemas";

/** Prices an amount. The quote is a purchase that nobody pays, until somebody does. */
export async function makeQuote(
  caller: ApiKeyHolder,
  asked: {
    readonly body: QuoteRequest;
    readonly requestKey: string;
    readonly isTakenUp: boolean;
    readonly addressKey: string;
    readonly now: Date;
  },
): Promise<Result<QuoteAnswer, Problem>> {
  const { body, ...request } = asked;
  const opened = await openSale(caller, { ...body, ...request });
  if (!opened.ok) return opened;
  const purchase = await findPurchase(caller.scope, opened.value);
  assert(purchase, "a purchase that was opened is there");
  return ok(quoteJson(purchase));
}
