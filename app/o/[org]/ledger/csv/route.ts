import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { csvAnswer } from "@/app/_view/csv-answer";
import { organizationPlace } from "@/app/_view/organization-place";
import { listTrialBalance } from "@/lib/ledger";
import { formatMoneyPlain } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { civilDayAt } from "@/lib/property";
import { dayAfter } from "@/lib/property/shared";
import { readLedgerQuery } from "../ledger-query";
import { sidesOf } from "../ledger-texts";

type Context = { readonly params: Promise<{ readonly org: string }> };

/** The trial balance of a day as the page shows it. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org } = await params;
  const { scope } = await requireOrgScope(org, "ledger:read");
  const query = readLedgerQuery(Object.fromEntries(new URL(request.url).searchParams));
  const { timeZone } = await organizationPlace(scope);
  const day = query.day ?? civilDayAt(systemClock.now(), timeZone);
  const asked = { buildingId: query.building, dayAfter: dayAfter(day) };
  const balances = await listTrialBalance(scope, asked);
  const rows = balances.map((balance) => {
    const { debitMinor, creditMinor } = sidesOf(balance);
    const { account, currency } = balance;
    const plain = (amountMinor: bigint) => formatMoneyPlain(amountMinor, currency);
    return [day, account, currency, plain(debitMinor), plain(creditMinor)];
  });
  return csvAnswer(`ledger-${day}.csv`, [
    ["day", "account", "currency", "debit", "credit"],
    ...rows,
  ]);
}
