import { inScope } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import type { Providers } from "../core/payment-provider";
import { type AttemptView, listAttempts } from "./attempts";
import { declinePurchase } from "./decline-purchase";
import { recordPayment } from "./record-payment";

/**
 * What asking brought. Settled: the purchase has its money, now or since before, and its state says
 * which. Open: nobody paid and nobody refused yet. Needs a person: the provider holds other money
 * than was asked for; it is booked and waits in the queue.
 */
export type PollAnswer =
  | { readonly answer: "settled" | "declined"; readonly status: string }
  | { readonly answer: "open" | "needs-a-person" };

/**
 * Asks the providers that said nothing what became of a purchase's checkouts, and books the money
 * or closes the purchase. A checkout a provider never heard of counts as open: it holds no money.
 */
export async function askProvider(
  scope: SystemScope,
  poll: { readonly purchaseId: string; readonly providers: Providers; readonly now: Date },
): Promise<PollAnswer> {
  const { purchaseId, providers, now } = poll;
  const attempts = await inScope(scope, (tx) => listAttempts(tx, purchaseId));
  const answers: PollAnswer["answer"][] = [];
  for (const attempt of attempts) {
    const answered = await askOne(scope, attempt, { providers, now });
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

const WAITS_FOR_MONEY: readonly (string | null)[] = ["awaiting_payment", "expired", "declined"];

async function askOne(
  scope: SystemScope,
  attempt: AttemptView,
  { providers, now }: { readonly providers: Providers; readonly now: Date },
): Promise<OneAnswer> {
  const { organizationId } = scope;
  const { endpointId, attemptId, checkoutReference, amountMinor, currency } = attempt;
  const provider = await providers({ organizationId, endpointId });
  if (!provider) return { answer: "open" };
  const asked = { amountMinor, currency };
  const named = { organizationId, endpointId, attemptId, checkoutReference };
  const found = await provider.findCheckout({ ...named, asked, now });
  switch (found.status) {
    case "open":
    case "unknown":
      return { answer: "open" };
    // Money that went back leaves nothing to wait for; what had been paid stays as it is.
    case "declined":
    case "refunded":
      return { answer: "declined" };
    case "paid": {
      const { status: _paid, ...money } = found;
      const provided = { attemptId, provider: provider.name, now };
      const recorded = await recordPayment(scope, { ...provided, ...money });
      // What was booked and fits nothing is known from then on, and pays nothing still.
      if (recorded.outcome === "attempt-not-found" || recorded.outcome === "unmatched") {
        return { answer: "needs-a-person" };
      }
      return recorded.status === null || WAITS_FOR_MONEY.includes(recorded.status)
        ? { answer: "needs-a-person" }
        : { answer: "settled", status: recorded.status };
    }
  }
}
