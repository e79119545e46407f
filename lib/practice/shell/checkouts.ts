import { enqueueDueWork, inScope, isPracticeInstallation } from "@/lib/access";
import type { EndpointScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { isId, processEnv } from "@/lib/platform";
import { type CheckoutState, checkoutStateAt } from "../core/checkout-state";
import type { DecideCheckoutError } from "../errors";
import { type CheckoutRow, findCheckoutRow } from "./checkout-rows";

/** A checkout as its payer sees it. */
export type CheckoutView = {
  readonly id: string;
  readonly state: CheckoutState;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly payee: string;
  readonly returnPath: string;
  /** When the money came, or will come. */
  readonly moneyAt: Date | null;
};

/** Late money comes this long after the quote has expired. */
const LATER_THAN_QUOTE_SECONDS = 5;

/** A checkout of this endpoint; null for any other, and in a production installation. */
export async function findCheckout(
  scope: EndpointScope,
  checkoutId: string,
  now: Date,
): Promise<CheckoutView | null> {
  if (!isId(checkoutId) || !(await isPracticeInstallation())) return null;
  const row = await inScope(scope, (tx) => findCheckoutRow(tx, { id: checkoutId }));
  return row && viewOf(row, now);
}

export type Decision = {
  readonly checkoutId: string;
  readonly decision: "approve" | "decline" | "late";
  readonly now: Date;
  /** How late late money is; without it, past the end of a quote made now. */
  readonly latenessMs?: number;
};

/**
 * What the payer decided, once: only an open checkout is decided, and a repeat or a second opinion
 * gives what stands. The call to our webhook is planned in the same transaction, for when the money
 * is there.
 */
export async function decideCheckout(
  scope: EndpointScope,
  decided: Decision,
): Promise<Result<CheckoutView, DecideCheckoutError>> {
  const { checkoutId, now } = decided;
  if (!isId(checkoutId) || !(await isPracticeInstallation())) return err("checkout-not-found");
  const { organizationId, endpointId } = scope;
  const data = outcomeOf(decided);
  return inScope(scope, async (tx) => {
    const changed = await tx.db.practiceCheckout.updateMany({
      where: { organizationId, endpointId, id: checkoutId, status: "open", moneyAt: null },
      data,
    });
    if (changed.count === 1) {
      const dueAt = data.moneyAt ?? now;
      await enqueueDueWork(tx, { subjectId: checkoutId, kind: "practice.callback", dueAt });
    }
    const row = await findCheckoutRow(tx, { id: checkoutId });
    return row ? ok(viewOf(row, now)) : err("checkout-not-found");
  });
}

function outcomeOf({ decision, now, latenessMs }: Decision) {
  switch (decision) {
    case "approve":
      return { status: "paid", moneyAt: now };
    case "decline":
      return { status: "declined", moneyAt: null };
    case "late": {
      const quoteMs = (processEnv().QUOTE_VALID_SECONDS + LATER_THAN_QUOTE_SECONDS) * 1000;
      return { status: "open", moneyAt: new Date(now.getTime() + (latenessMs ?? quoteMs)) };
    }
  }
}

function viewOf(row: CheckoutRow, now: Date): CheckoutView {
  const { id, amountMinor, currency, payee, returnPath, moneyAt } = row;
  const state = checkoutStateAt(row, now);
  return { id, state, amountMinor, currency, payee, returnPath, moneyAt };
}
