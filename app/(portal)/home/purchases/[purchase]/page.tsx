import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { slipPageView } from "@/app/_receipt/slip-view";
import { whyView } from "@/app/_receipt/why-view";
import { requireResidentScope } from "@/app/_scope/require-resident-scope";
import { phoneFrame } from "@/app/_view/frames";
import { SlipPage } from "@/components/vending/slip-page";
import { systemClock } from "@/lib/platform";
import { compareWithPrevious, findPurchase, isSold } from "@/lib/vending";

type Props = { readonly params: Promise<{ readonly purchase: string }> };

export const metadata: Metadata = { title: "Slip" };

/** A resident's own slip again, token included, for as long as the lease is held. */
export default async function ResidentSlipRoute({ params }: Props) {
  const { purchase: purchaseId } = await params;
  const { scopes } = await requireResidentScope();
  for (const scope of scopes) {
    const purchase = await findPurchase(scope, purchaseId);
    if (!purchase || !isSold(purchase.status)) continue;
    const frame = await phoneFrame(purchase.buildingName);
    const compared = await compareWithPrevious(scope, purchase);
    const context = { t: frame.t, now: systemClock.now() };
    const why = compared && whyView(purchase, compared, context);
    const path = `/home/purchases/${purchase.id}`;
    const view = slipPageView(purchase, { ...frame, path, why });
    return <SlipPage frame={frame} view={view} />;
  }
  notFound();
}
