import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { csvAnswer } from "@/app/_view/csv-answer";
import { LANGUAGE } from "@/app/_view/frames";
import type { StatementCursor, StatementRow } from "@/lib/ledger";
import { type CurrencyCode, formatMoneyPlain } from "@/lib/money";
import { formatReceiptNumber } from "@/lib/vending";
import { readStatementQuery } from "../../ledger-query";
import { reasonText } from "../../ledger-texts";
import { askedOf, parseAccount, statementOf } from "../statement-of";

type Context = { readonly params: Promise<{ readonly org: string; readonly account: string }> };

const A_BATCH = 1_000;
const MOST_ROWS = 50_000;
const COLUMNS = ["at", "reason", "detail", "other account", "building", "unit", "receipt"];
const MONEY = ["amount", "balance", "currency"];

/** The statement that the page shows, whole: what stood there, each row, what stands there. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org, account: word } = await params;
  const { scope } = await requireOrgScope(org, "ledger:read");
  const account = parseAccount(word);
  if (!account) notFound();
  const query = readStatementQuery(Object.fromEntries(new URL(request.url).searchParams));
  const { from, to, currency } = await askedOf(scope, query);
  const ask = (after: StatementCursor | null) =>
    statementOf(scope, { account, query, from, to, currency, after, take: A_BATCH });
  const rows: (readonly string[])[] = [[...COLUMNS, ...MONEY]];
  let page = await ask(null);
  rows.push(standing(from, "opening", page.openingMinor, currency));
  for (;;) {
    rows.push(...page.rows.map((row) => cellsOf(row, currency)));
    const last = page.rows.at(-1);
    if (!page.hasMore || !last || rows.length > MOST_ROWS) break;
    page = await ask(last);
  }
  rows.push(standing(to, "closing", page.closingMinor, currency));
  return csvAnswer(`${account}-${from}-${to}.csv`, rows);
}

function standing(day: string, what: string, balanceMinor: bigint, currency: CurrencyCode) {
  return [day, what, "", "", "", "", "", "", formatMoneyPlain(balanceMinor, currency), currency];
}

function cellsOf(row: StatementRow, currency: CurrencyCode): readonly string[] {
  const { receiptSeries, receiptNumber } = row;
  const hasReceipt = receiptSeries !== null && receiptNumber !== null;
  return [
    row.at.toISOString(),
    reasonText(row.reason, translatorFor(LANGUAGE.lang)),
    row.detail,
    row.other,
    row.buildingName ?? "",
    row.unitLabel ?? "",
    hasReceipt ? formatReceiptNumber(receiptSeries, receiptNumber) : "",
    formatMoneyPlain(row.amountMinor, currency),
    formatMoneyPlain(row.balanceMinor, currency),
    currency,
  ];
}
