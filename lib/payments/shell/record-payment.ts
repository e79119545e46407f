import { z } from "zod";
import { callScoped, callScopedMany } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { newId } from "@/lib/platform";
import type { Receipt } from "../core/payment-provider";

const answerForm = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.enum(["paid", "on-account"]),
    paymentId: z.string(),
    purchaseId: z.string(),
    status: z.string(),
  }),
  z.object({
    outcome: z.enum(["known", "unmatched"]),
    paymentId: z.string(),
    purchaseId: z.string().nullable(),
    status: z.string().nullable(),
  }),
  z.object({ outcome: z.literal("attempt-not-found") }),
]);

/**
 * What became of money: it pays its purchase; was recorded before; was kept on account because the
 * purchase had been paid already; or fits no purchase, and waits in a person's queue. Booked in
 * every case but the one where it was known, and the one of a stranger's attempt.
 */
export type RecordedPayment = z.infer<typeof answerForm>;

export type NewPayment = Receipt & {
  readonly provider: string;
  readonly now: Date;
  /** What the payer typed as the account, and who that is as the provider tells it. */
  readonly account?: string;
  readonly payer?: string;
} & (
    | { readonly attemptId: string }
    /** Money that came by itself, for a purchase that was opened for it (paybill, cash). */
    | { readonly purchaseId: string; readonly endpointId: string | null }
    /** Money that nothing can be bought with; `why` is a word for a person to read. */
    | { readonly endpointId: string; readonly why: string }
  );

/** Books money that a provider has confirmed, once for each of the provider's references. */
export async function recordPayment(scope: Scope, payment: NewPayment): Promise<RecordedPayment> {
  return answerForm.parse(await callScoped(scope, "payment_record", argumentsOf(payment)));
}

/** The same for many, with one statement and in this order: all are booked, or none. */
export async function recordPayments(
  scope: Scope,
  payments: readonly NewPayment[],
): Promise<readonly RecordedPayment[]> {
  const many = payments.map(argumentsOf);
  return answerForm.array().parse(await callScopedMany(scope, "payment_record", many));
}

const argumentsOf = (payment: NewPayment) => ({ ...payment, paymentId: newId(), caseId: newId() });
