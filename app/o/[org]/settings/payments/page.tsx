import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { providerGear } from "@/app/_outside/outside";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { formatInstant } from "@/app/_view/instants";
import { organizationPlace } from "@/app/_view/organization-place";
import { providerText } from "@/app/_view/provider-text";
import { AccountsPage } from "@/components/payments/accounts-page";
import { findOrganization } from "@/lib/access";
import { findPersons } from "@/lib/identity";
import { findNextEndpoint, listAccounts } from "@/lib/payments";
import { ACCOUNT_PROVIDERS } from "@/lib/payments/shared";
import { switchOffAccountAction, testAccountAction } from "./actions";
import { addForm } from "./add-form";

type Props = { readonly params: Promise<{ readonly org: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("paymentAccounts.title") };

/** The accounts that residents' money goes straight to. */
export default async function AccountsRoute({ params }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "organization:manage");
  const { scope } = visit;
  const [organization, accounts, place, gear] = await Promise.all([
    findOrganization(scope),
    listAccounts(scope),
    organizationPlace(scope),
    providerGear(),
  ]);
  const people = await findPersons(accounts.map(({ changedBy }) => changedBy));
  const frame = await consoleFrame(visit, organization.name, "payments");
  const { t } = frame;
  const addressOf = (endpointId: string) =>
    new URL(`/api/webhooks/in/${endpointId}`, gear.siteUrl).href;
  const next = await Promise.all(
    ACCOUNT_PROVIDERS.map(async (provider) => ({
      provider,
      address: addressOf(await findNextEndpoint(scope, { provider, gear })),
    })),
  );
  const view = {
    backHref: `/o/${org}/payments`,
    accounts: accounts.map(({ endpointId, provider, label, lastFour, state, ...changed }) => ({
      id: endpointId,
      label,
      providerText: providerText(provider, t),
      endsText: t("paymentAccounts.ends", { digits: lastFour }),
      state,
      stateText: t(`paymentAccounts.state-${state}`),
      changedText: t("paymentAccounts.changed", {
        at: formatInstant(changed.changedAt, place),
        name: people.get(changed.changedBy)?.name || t("approvals.somebody"),
      }),
      address: provider === "mpesa" ? null : addressOf(endpointId),
      test:
        state === "waiting" ? null : testAccountAction.bind(null, { org, endpointId: endpointId }),
      switchOff: state === "off" ? null : switchOffAccountAction.bind(null, { org, endpointId }),
    })),
    forms: next.map((one) => addForm({ ...one, org, t })),
  };
  return <AccountsPage frame={frame} view={view} />;
}
