import { notFound } from "next/navigation";
import { receiptAnswer } from "@/app/_receipt/receipt-answer";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { phoneFrame } from "@/app/_view/frames";
import { findSale } from "@/lib/desk";

type Context = {
  readonly params: Promise<{
    readonly org: string;
    readonly purchase: string;
    readonly form: string;
  }>;
};

/**
 * The buyer's own receipt, printed by who took the cash while the shift is not closed. Afterwards,
 * and for others, it is a copy: that is the purchase's own page.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org, purchase: purchaseId, form } = await params;
  const { scope } = await requireOrgScope(org, "desk:sell");
  const sale = await findSale(scope, purchaseId);
  if (!sale?.isFirstPrint || !scope.permissions.includes("token:read")) notFound();
  const { t, isPractice } = await phoneFrame(null);
  const backHref = `/o/${scope.slug}/desk/sales/${purchaseId}`;
  const visit = { t, isPractice, showsDigits: true, copy: null, request, backHref };
  const answer = (await receiptAnswer(form, sale.purchase, visit)) ?? notFound();
  answer.headers.set("Cache-Control", "private, no-store");
  return answer;
}
