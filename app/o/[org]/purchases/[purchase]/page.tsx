import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { receiptLinks } from "@/app/_receipt/receipt-links";
import type { Copy } from "@/app/_receipt/receipt-view";
import { slipView } from "@/app/_receipt/slip-view";
import { whyView } from "@/app/_receipt/why-view";
import { type OrgVisit, requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame } from "@/app/_view/frames";
import { formatInstant } from "@/app/_view/instants";
import { paidText } from "@/app/_view/purchase-texts";
import { type CopiesView, PurchasePage } from "@/components/property/purchase-page";
import type { Translate } from "@/components/ui/translate";
import { findOrganization } from "@/lib/access";
import { systemClock } from "@/lib/platform";
import {
  compareWithPrevious,
  findPurchase,
  isSold,
  listPurchaseEvents,
  type PurchaseView,
} from "@/lib/vending";
import { reprintAction } from "./actions";
import { listCopies } from "./copies";

type Props = { readonly params: Promise<{ readonly org: string; readonly purchase: string }> };

export const metadata: Metadata = { title: "Purchase" };

/** A purchase as staff see it: its receipt, and what happened when. */
export default async function PurchaseRoute({ params }: Props) {
  const { org, purchase: purchaseId } = await params;
  const visit = await requireOrgScope(org, "sale:read");
  const { scope } = visit;
  const purchase = await findPurchase(scope, purchaseId);
  if (!purchase) notFound();
  const [organization, events, compared, copies] = await Promise.all([
    findOrganization(scope),
    listPurchaseEvents(scope, purchaseId),
    compareWithPrevious(scope, purchase),
    listCopies(scope, purchaseId),
  ]);
  const frame = await consoleFrame(visit, organization.name);
  const { t, isPractice } = frame;
  const showsDigits = scope.permissions.includes("token:read");
  const view = {
    unit: { label: purchase.unitLabel, href: `/o/${org}/units/${purchase.unitId}` },
    status: purchase.status,
    amountText: paidText(purchase),
    slip: isSold(purchase.status) ? slipView(purchase, { t, isPractice, showsDigits }) : null,
    why: compared && whyView(purchase, compared, { t, now: systemClock.now() }),
    copies: isSold(purchase.status) ? copiesView(visit, purchase, { copies, t }) : null,
    events: events.map(({ sequence, status, at }) => ({
      key: String(sequence),
      atText: formatInstant(at, purchase),
      text: t(`purchaseEvent.${status}`, { amount: paidText(purchase) }),
    })),
  };
  return <PurchasePage frame={frame} view={view} />;
}

/** What staff may hand out: for the books without the token, and copies with it, by their right. */
function copiesView(
  { scope }: OrgVisit,
  purchase: PurchaseView,
  { copies, t }: { readonly copies: readonly Copy[]; readonly t: Translate },
): CopiesView {
  const path = `/o/${scope.slug}/purchases/${purchase.id}`;
  const mayCopy = scope.permissions.includes("token:read");
  return {
    books: receiptLinks(path, t, { showsDigits: false }),
    copies: copies.map(({ number, at, name }) => ({
      key: String(number),
      title: t("receipt.copyRow", {
        number: String(number),
        at: formatInstant(at, purchase),
        name,
      }),
      links: mayCopy ? receiptLinks(path, t, { showsDigits: true, copy: number }) : [],
    })),
    form: mayCopy
      ? {
          action: reprintAction.bind(null, { org: scope.slug, purchaseId: purchase.id }),
          view: { id: "reprint", fields: [], submit: t("receipt.makeCopy") },
        }
      : null,
  };
}
