import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { SalePage } from "@/components/desk/sale-page";
import { findOrganization } from "@/lib/access";
import { findOwnShift, findSale } from "@/lib/desk";
import { systemClock } from "@/lib/platform";
import { saleView } from "./sale-view";

type Props = { readonly params: Promise<{ readonly org: string; readonly purchase: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("desk.saleTitle") };

/** One sale at the desk: its price, then its slip. */
export default async function SaleRoute({ params }: Props) {
  const { org, purchase: purchaseId } = await params;
  const visit = await requireOrgScope(org, "desk:sell");
  const { scope } = visit;
  const [sale, shift, organization] = await Promise.all([
    findSale(scope, purchaseId),
    findOwnShift(scope),
    findOrganization(scope),
  ]);
  if (!sale) notFound();
  const frame = await consoleFrame(visit, organization.name, "desk");
  const context = { scope, shift, t: frame.t, isPractice: frame.isPractice };
  const view = saleView(sale, { ...context, now: systemClock.now() });
  return <SalePage frame={frame} view={view} />;
}
