import { type ApiKeyHolder, inScope } from "@/lib/access";
import { err, ok, type Result, unreachable } from "@/lib/kernel";
import { formatMoneyPlain } from "@/lib/money";
import { type OpenPurchaseError, openPurchase } from "@/lib/vending";
import { moneyJson } from "../core/money-json";
import { type Problem, problem } from "../core/problems";
import { findSoldMeter } from "./find-meter";
import type { AmountRequest } from "./schemas";

/** What opening asks for; the key of the request is the purchase's own, so that it opens once. */
export type SaleRequest = {
  readonly meter: string;
  readonly amount: AmountRequest;
  readonly requestKey: string;
  /** The request was begun before and never answered: it may have bought already. */
  readonly isTakenUp: boolean;
  readonly addressKey: string;
  readonly now: Date;
};

/** Prices an amount and opens a purchase with that quote, noted as this account's. */
export async function openSale(
  caller: ApiKeyHolder,
  request: SaleRequest,
): Promise<Result<string, Problem>> {
  const { scope, accountId, keyId } = caller;
  const { amount, addressKey, now } = request;
  const requestKey = `${keyId}|${request.requestKey}`;
  // Whatever became of the meter since: what was bought is not refused.
  const bought = request.isTakenUp ? await findBought(caller, requestKey) : null;
  if (bought) return ok(bought);
  const found = await findSoldMeter(caller, { number: request.meter, now });
  if (!found.ok) return found;
  const { meterId, currency } = found.value;
  if (amount.currency !== currency) return err(problem("currency-mismatch", { currency }));
  const opened = await openPurchase(scope, {
    meterId,
    amountText: formatMoneyPlain(BigInt(amount.minor), currency),
    channel: "api",
    requestKey,
    addressKey,
    now,
  });
  if (!opened.ok) return err(problemOf(opened.error, currency));
  const { purchaseId } = opened.value;
  const { organizationId } = scope;
  await inScope(scope, (tx) =>
    tx.db.apiSale.createMany({
      data: [{ organizationId, purchaseId, accountId, keyId, openedAt: now }],
      skipDuplicates: true,
    }),
  );
  return ok(purchaseId);
}

async function findBought({ scope }: ApiKeyHolder, requestKey: string): Promise<string | null> {
  const { organizationId } = scope;
  const purchase = await inScope(scope, (tx) =>
    tx.db.purchase.findUnique({
      where: {
        organizationId_scope_requestKey: { organizationId, scope: "api", requestKey },
        apiSale: { boughtBy: { not: null } },
      },
      select: { id: true },
    }),
  );
  return purchase?.id ?? null;
}

function problemOf(error: OpenPurchaseError, currency: string): Problem {
  switch (error.code) {
    case "amount-too-small":
      return problem(error.code, { least: moneyJson(error.minimumMinor, currency) });
    case "energy-too-large":
      return problem("amount-too-large", { greatest: moneyJson(error.maximumMinor, currency) });
    case "amount-invalid":
      return problem(error.fault === "too-large" ? "amount-too-large" : "amount-invalid");
    case "sales-closed":
      // An outage: nothing is kept of it, and the same request may come again with the same key.
      throw new Error("sales are closed until npm run recover has been run");
    case "request-key-reused":
      return problem("idempotency-key-reused");
    case "meter-not-found":
    case "meter-blocked":
    case "meter-contested":
    case "meter-not-in-use":
    case "no-price-in-force":
      return problem(error.code);
    default:
      return unreachable(error);
  }
}
