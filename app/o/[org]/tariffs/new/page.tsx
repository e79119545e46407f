import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { NewTariffPage } from "@/components/tariffs/new-tariff-page";
import { findOrganization } from "@/lib/access";
import { CURRENCIES } from "@/lib/money";
import { listBuildings } from "@/lib/property";
import { addTariffAction } from "./actions";

type Props = { readonly params: Promise<{ readonly org: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("newTariff.title") };

/** A new price list: its name and currency. What it costs is its first version's. */
export default async function NewTariffRoute({ params }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "tariff:manage");
  const [organization, buildings] = await Promise.all([
    findOrganization(visit.scope),
    listBuildings(visit.scope, { take: 1 }),
  ]);
  const frame = await consoleFrame(visit, organization.name, "tariffs");
  const view = {
    backHref: `/o/${org}/tariffs`,
    currency: buildings[0]?.currency ?? "",
    currencies: Object.keys(CURRENCIES),
  };
  return <NewTariffPage frame={frame} view={view} action={addTariffAction.bind(null, { org })} />;
}
