import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { formatInstant } from "@/app/_view/instants";
import { StatementPage } from "@/components/ledger/statement-page";
import type { Translate } from "@/components/ui/translate";
import { findOrganization } from "@/lib/access";
import type { StatementRow } from "@/lib/ledger";
import type { CurrencyCode } from "@/lib/money";
import { formatReceiptNumber } from "@/lib/vending";
import { cursorOf, cursorText, ledgerHref, readStatementQuery } from "../ledger-query";
import { accountText, moneyText, reasonText } from "../ledger-texts";
import { askedOf, parseAccount, statementOf } from "./statement-of";

type Props = {
  readonly params: Promise<{ readonly org: string; readonly account: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("ledger.statement") };

const A_PAGE = 50;

/** What moved an account between two days, and what stood there before and after. */
export default async function StatementRoute({ params, searchParams }: Props) {
  const { org, account: word } = await params;
  const visit = await requireOrgScope(org, "ledger:read");
  const { scope } = visit;
  const account = parseAccount(word);
  if (!account) notFound();
  const query = readStatementQuery(await searchParams);
  const { buildings, place, from, to, currency } = await askedOf(scope, query);
  const after = query.after === null ? null : cursorOf(query.after);
  const asked = { account, query, from, to, currency, after, take: A_PAGE };
  const [organization, statement] = await Promise.all([
    findOrganization(scope),
    statementOf(scope, asked),
  ]);
  const frame = await consoleFrame(visit, organization.name, "ledger");
  const { t } = frame;
  const path = `/o/${org}/ledger/${account}`;
  const { building, lease } = query;
  const choice = { from, to, building, lease, currency };
  const money = (amountMinor: bigint) => moneyText({ amountMinor, currency }, place.locale);
  const last = statement.hasMore ? statement.rows.at(-1) : undefined;
  const view = {
    path,
    backHref: `/o/${org}/ledger`,
    title: accountText(account, t),
    query: choice,
    buildings: buildings.map(({ id, name }) => ({ value: id, label: name })),
    openingText: money(statement.openingMinor),
    closingText: money(statement.closingMinor),
    rows: statement.rows.map((row) => rowView(row, { org, currency, locale: place.locale, t })),
    laterHref: last ? ledgerHref(path, { ...choice, after: cursorText(last) }) : null,
    firstHref: query.after === null ? null : ledgerHref(path, choice),
    csvHref: ledgerHref(`${path}/csv`, choice),
  };
  return <StatementPage frame={frame} view={view} />;
}

function rowView(
  row: StatementRow,
  context: {
    readonly org: string;
    readonly currency: CurrencyCode;
    readonly locale: string;
    readonly t: Translate;
  },
) {
  const { org, currency, locale, t } = context;
  const { id, at, reason, other, detail, amountMinor, balanceMinor } = row;
  const { purchaseId, receiptSeries, receiptNumber, unitId, unitLabel, timeZone } = row;
  const hasReceipt = receiptSeries !== null && receiptNumber !== null;
  return {
    key: id,
    atText: formatInstant(at, { locale, timeZone }),
    whatText: reasonText(reason, t),
    detailText: detail,
    otherText: accountText(other, t),
    href: purchaseId ? `/o/${org}/purchases/${purchaseId}` : null,
    receiptText: hasReceipt ? formatReceiptNumber(receiptSeries, receiptNumber) : "",
    unitLabel,
    unitHref: unitId ? `/o/${org}/units/${unitId}` : null,
    buildingName: row.buildingName ?? "",
    amountText: moneyText({ amountMinor, currency }, locale),
    balanceText: moneyText({ amountMinor: balanceMinor, currency }, locale),
  };
}
