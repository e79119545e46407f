import { notFound } from "next/navigation";
import { receiptAnswer } from "@/app/_receipt/receipt-answer";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { phoneFrame } from "@/app/_view/frames";
import { findPurchase } from "@/lib/vending";
import { listCopies } from "../copies";

type Context = {
  readonly params: Promise<{
    readonly org: string;
    readonly purchase: string;
    readonly form: string;
  }>;
};

/**
 * A receipt for staff. For the books it carries no token; with one it is a copy that somebody has
 * made and that is on record (`?copy=2`), and only for who may see tokens.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org, purchase: purchaseId, form } = await params;
  const { scope } = await requireOrgScope(org, "sale:read");
  const purchase = await findPurchase(scope, purchaseId);
  if (!purchase) notFound();
  const asked = new URL(request.url).searchParams.get("copy");
  const copies = asked === null ? [] : await listCopies(scope, purchaseId);
  const copy = copies.find(({ number }) => String(number) === asked) ?? null;
  const mayHaveDigits = scope.permissions.includes("token:read");
  if (asked !== null && !(copy && mayHaveDigits)) notFound();
  const { t, isPractice } = await phoneFrame(null);
  const showsDigits = copy !== null;
  const backHref = `/o/${scope.slug}/purchases/${purchaseId}`;
  const visit = { t, isPractice, showsDigits, copy, request, backHref };
  const answer = (await receiptAnswer(form, purchase, visit)) ?? notFound();
  answer.headers.set("Cache-Control", "private, no-store");
  return answer;
}
