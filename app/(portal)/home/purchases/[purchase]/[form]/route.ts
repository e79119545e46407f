import { notFound } from "next/navigation";
import { receiptAnswer } from "@/app/_receipt/receipt-answer";
import { requireResidentScope } from "@/app/_scope/require-resident-scope";
import { phoneFrame } from "@/app/_view/frames";
import { findPurchase } from "@/lib/vending";

type Context = { readonly params: Promise<{ readonly purchase: string; readonly form: string }> };

/** A resident's own receipt, as PDF, paper, text message or JSON. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { purchase: purchaseId, form } = await params;
  const { scopes } = await requireResidentScope();
  const { t, isPractice } = await phoneFrame(null);
  const backHref = `/home/purchases/${purchaseId}`;
  for (const scope of scopes) {
    const purchase = await findPurchase(scope, purchaseId);
    if (!purchase) continue;
    const visit = { t, isPractice, showsDigits: true, copy: null, request, backHref };
    const answer = await receiptAnswer(form, purchase, visit);
    if (!answer) continue;
    answer.headers.set("Cache-Control", "private, no-store");
    return answer;
  }
  notFound();
}
