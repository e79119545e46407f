import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame } from "@/app/_view/frames";
import { formatInstant } from "@/app/_view/instants";
import { paidText, slipView } from "@/app/_view/purchase-texts";
import { PurchasePage } from "@/components/property/purchase-page";
import { findOrganization } from "@/lib/access";
import { findPurchase, isSold, listPurchaseEvents } from "@/lib/vending";

type Props = { readonly params: Promise<{ readonly org: string; readonly purchase: string }> };

export const metadata: Metadata = { title: "Purchase" };

/** A purchase as staff see it: its receipt, and what happened when. */
export default async function PurchaseRoute({ params }: Props) {
  const { org, purchase: purchaseId } = await params;
  const visit = await requireOrgScope(org, "sale:read");
  const { scope } = visit;
  const purchase = await findPurchase(scope, purchaseId);
  if (!purchase) notFound();
  const [organization, events] = await Promise.all([
    findOrganization(scope),
    listPurchaseEvents(scope, purchaseId),
  ]);
  const frame = await consoleFrame(visit, organization.name);
  const { t, isPractice } = frame;
  const showsDigits = scope.permissions.includes("token:read");
  const view = {
    unit: { label: purchase.unitLabel, href: `/o/${org}/units/${purchase.unitId}` },
    status: purchase.status,
    amountText: paidText(purchase),
    slip: isSold(purchase.status) ? slipView(purchase, { t, isPractice, showsDigits }) : null,
    events: events.map(({ sequence, status, at }) => ({
      key: String(sequence),
      atText: formatInstant(at, purchase),
      text: t(`purchaseEvent.${status}`, { amount: paidText(purchase) }),
    })),
  };
  return <PurchasePage frame={frame} view={view} />;
}
