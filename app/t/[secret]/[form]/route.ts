import { receiptAnswer } from "@/app/_receipt/receipt-answer";
import { findAsResident } from "@/app/_scope/as-resident";
import { guestScopeBySecret } from "@/app/_scope/guest-scope";
import { phoneFrame } from "@/app/_view/frames";
import { notFoundPage } from "@/app/_view/problem";
import { findPurchase } from "@/lib/vending";

type Context = { readonly params: Promise<{ readonly secret: string; readonly form: string }> };

/** The receipt at a purchase's own address, as PDF, paper, text message or JSON. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { secret, form } = await params;
  const scope = await guestScopeBySecret(secret);
  const seen = scope?.purchaseId ? await findPurchase(scope, scope.purchaseId) : null;
  if (!seen) return notFoundPage();
  const purchase = (await findAsResident(seen.id))?.purchase ?? seen;
  const { t, isPractice } = await phoneFrame(null);
  const visit = { t, isPractice, showsDigits: true, copy: null, request };
  const answer = await receiptAnswer(form, purchase, { ...visit, backHref: `/t/${secret}` });
  return answer ?? notFoundPage();
}
