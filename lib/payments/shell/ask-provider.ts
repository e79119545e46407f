import { inScope } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import type { PaymentProvider } from "../core/payment-provider";
import { type AttemptView, listAttempts } from "./attempts";
import { declinePurchase } from "./decline-purchase";
import { recordPayment } from "./record-payment";

/**
 * What asking brought. Settled: the purchase has its money, now or since before, and its state says
 * which. Open: nobody paid and nobody refused yet. Needs a person: the provider holds other money
 * than was asked for, and nothing was booked.
 */
export type PollAnswer =
  | { readonly answer: "settled" | "declined"; readonly status: string }
  | { readonly answer: "open" | "needs-a-person" };

/**
 * Asks a provider that said nothing what became of a purchase's checkout, and books the money or
 * closes the purchase. A checkout the provider never heard of counts as open: it holds no money.
 */
export async function askProvider(
  scope: SystemScope,
  poll: {
    readonly purchaseId: string;
    readonly provider: PaymentProvider;
    readonly now: Date;
  },
): Promise<PollAnswer> {
  const { purchaseId, provider, now } = poll;
  const attempts = await inScope(scope, (tx) => listAttempts(tx, purchaseId));
  const answers: PollAnswer["answer"][] = [];
  for (const attempt of attempts) {
    const answered = await askOne(scope, attempt, { provider, now });
    if (answered.answer === "settled") return answered;
    answers.push(answered.answer);
  }
  if (answers.includes("needs-a-person")) return { answer: "needs-a-person" };
  if (answers.length === 0 || answers.includes("open")) return { answer: "open" };
  return { answer: "declined", status: await declinePurchase(scope, { purchaseId, now }) };
}

type OneAnswer =
  | { readonly answer: "settled"; readonly status: string }
  | { readonly answer: "open" | "declined" | "needs-a-person" };

async function askOne(
  scope: SystemScope,
  attempt: AttemptView,
  ask: { readonly provider: PaymentProvider; readonly now: Date },
): Promise<OneAnswer> {
  const { provider, now } = ask;
  const { organizationId } = scope;
  const { endpointId, attemptId } = attempt;
  const found = await provider.findCheckout({ organizationId, endpointId, attemptId, now });
  switch (found.status) {
    case "open":
    case "unknown":
      return { answer: "open" };
    // Money that went back leaves nothing to wait for; what had been paid stays as it is.
    case "declined":
    case "refunded":
      return { answer: "declined" };
    case "paid": {
      const { providerReference, amountMinor, currency } = found;
      const money = { providerReference, amountMinor, currency };
      const provided = { attemptId, provider: provider.name, now };
      const recorded = await recordPayment(scope, { ...provided, ...money });
      return "status" in recorded
        ? { answer: "settled", status: recorded.status }
        : { answer: "needs-a-person" };
    }
  }
}
