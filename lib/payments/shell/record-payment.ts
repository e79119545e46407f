import { z } from "zod";
import { callScoped, callScopedMany } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { newId } from "@/lib/platform";
import type { Receipt } from "../core/payment-provider";

const answerForm = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.enum(["paid", "known", "on-account"]),
    purchaseId: z.string(),
    status: z.string(),
  }),
  z.object({ outcome: z.enum(["amount-differs", "attempt-not-found"]) }),
]);

/**
 * What became of money: it pays its purchase, was recorded before, or was kept on account because
 * the purchase had been paid already; the last two outcomes recorded nothing.
 */
export type RecordedPayment = z.infer<typeof answerForm>;

/** Books money that a provider has confirmed, once for each of the provider's references. */
export async function recordPayment(
  scope: Scope,
  payment: Receipt & {
    readonly attemptId: string;
    readonly provider: string;
    readonly now: Date;
  },
): Promise<RecordedPayment> {
  const answer = await callScoped(scope, "payment_record", { ...payment, paymentId: newId() });
  return answerForm.parse(answer);
}

/** The same for many, with one statement and in this order: all are booked, or none. */
export async function recordPayments(
  scope: Scope,
  payments: readonly Parameters<typeof recordPayment>[1][],
): Promise<readonly RecordedPayment[]> {
  const many = payments.map((payment) => ({ ...payment, paymentId: newId() }));
  return answerForm.array().parse(await callScopedMany(scope, "payment_record", many));
}
