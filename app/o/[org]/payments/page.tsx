import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { formatInstant } from "@/app/_view/instants";
import { organizationPlace } from "@/app/_view/organization-place";
import { providerText } from "@/app/_view/provider-text";
import { PaymentsPage } from "@/components/payments/payments-page";
import { findOrganization } from "@/lib/access";
import { formatMoney, parseCurrencyCode } from "@/lib/money";
import { listCases, listPayments, listUnanswered } from "@/lib/payments";
import { systemClock } from "@/lib/platform";
import { caseRow, claimRow } from "./case-row";
import {
  PROVIDER_WORDS,
  paymentFilterOf,
  paymentsHref,
  readPaymentsQuery,
  STATE_WORDS,
} from "./payments-query";

type Props = {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("payments.title") };

const A_PAGE = 50;
const MOST_CASES = 50;

/** Money that came in, newest first, and what of it waits for a person. */
export default async function PaymentsRoute({ params, searchParams }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "payment:read");
  const { scope } = visit;
  const query = readPaymentsQuery(await searchParams);
  const now = systemClock.now();
  const [organization, place, cases, unanswered] = await Promise.all([
    findOrganization(scope),
    organizationPlace(scope),
    listCases(scope, { take: MOST_CASES }),
    listUnanswered(scope, { now, take: MOST_CASES }),
  ]);
  const frame = await consoleFrame(visit, organization.name, "payments");
  const { t } = frame;
  const { payments, hasOlder } = await listPayments(scope, {
    filter: paymentFilterOf(query, place.timeZone),
    before: query.before,
    take: A_PAGE,
  });
  const path = `/o/${org}/payments`;
  const moneyText = (amountMinor: bigint, code: string) => {
    const currency = parseCurrencyCode(code);
    return currency.ok
      ? formatMoney({ amountMinor, currency: currency.value }, place.locale)
      : `${amountMinor} ${code}`;
  };
  const last = payments.at(-1);
  const { before: _before, ...chosen } = query;
  const mayDecide = scope.permissions.includes("payment:manage");
  const context = { t, place, moneyText, org, mayDecide };
  const view = {
    path,
    query,
    isFiltered: Object.values(chosen).some((value) => value !== null),
    states: STATE_WORDS.map((value) => ({ value, label: t(`paymentState.${value}`) })),
    providers: PROVIDER_WORDS.map((value) => ({ value, label: providerText(value, t) })),
    cases: cases.map((one) => caseRow(one, context)),
    claims: unanswered.map((one) => claimRow(one, context)),
    rows: payments.map((payment) => ({
      key: payment.id,
      atText: formatInstant(payment.receivedAt, place),
      providerText: providerText(payment.provider, t),
      referenceText: payment.providerReference,
      placeText: payment.unitLabel ?? payment.account ?? "",
      buildingText: payment.buildingName ?? "",
      href: payment.purchaseId === null ? null : `/o/${org}/purchases/${payment.purchaseId}`,
      status: payment.status,
      stateText: t(`paymentState.${payment.status}`),
      amountText: moneyText(payment.amountMinor, payment.currency),
    })),
    olderHref: hasOlder && last ? paymentsHref(path, { ...query, before: last.id }) : null,
    newestHref: query.before ? paymentsHref(path, { ...query, before: null }) : null,
    accountsHref: scope.permissions.includes("organization:manage")
      ? `/o/${org}/settings/payments`
      : null,
  };
  return <PaymentsPage frame={frame} view={view} />;
}
