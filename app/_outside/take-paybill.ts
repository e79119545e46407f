import type { EndpointScope } from "@/lib/access/shared";
import { closeClaim, noteClaim, type PaybillEvent, type PaymentProvider } from "@/lib/payments";
import { log, webEnv } from "@/lib/platform";
import { offerPaybill, takeClaim, vendPurchase } from "@/lib/vending";
import { tokenIssuer } from "./outside";

/** What Safaricom is told when money may not come, by its own list of reasons. */
const REASONS: Readonly<Record<string, string>> = {
  "meter-not-found": "C2B00012",
  "meter-not-in-use": "C2B00012",
  "amount-too-small": "C2B00013",
  "amount-invalid": "C2B00013",
  "energy-too-large": "C2B00013",
};
const OTHER_REASON = "C2B00016";

/** Answers a call about money that comes by itself, in the form that Daraja asks for. */
export async function takePaybill(call: {
  readonly scope: EndpointScope;
  readonly event: PaybillEvent;
  readonly provider: PaymentProvider;
  readonly now: Date;
}): Promise<Response> {
  const { scope, event, now } = call;
  const { NEXTAUTH_SECRET: addressKey } = webEnv();
  switch (event.kind) {
    case "offer": {
      const { kind: _offer, ...money } = event;
      const offered = await offerPaybill(scope, { money, addressKey, now });
      return offered.ok ? said("0", "Accepted") : said(REASONS[offered.error] ?? OTHER_REASON);
    }
    case "claim": {
      const { kind: _claim, ...money } = event;
      await noteClaim(scope, { money, toldBy: "claim", now });
      return said("0", "Accepted");
    }
    case "claim-answer": {
      const { claimId, answer } = event;
      if (answer.status === "denied") await closeClaim(scope, { claimId, state: "denied", now });
      if (answer.status !== "confirmed") return said("0", "Accepted");
      const { status: _confirmed, ...receipt } = answer;
      const purchaseId = await takeClaim(scope, { claimId, receipt, addressKey, now });
      if (purchaseId) {
        await vendPurchase(scope, { purchaseId, issuer: tokenIssuer(), now }).catch(() => {
          log().warn({ purchaseId }, "the sweep will vend");
        });
      }
      return said("0", "Accepted");
    }
  }
}

function said(ResultCode: string, ResultDesc = "Rejected"): Response {
  return Response.json({ ResultCode, ResultDesc }, { headers: { "Cache-Control": "no-store" } });
}
