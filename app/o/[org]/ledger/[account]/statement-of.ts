import type { OrgScope } from "@/lib/access/shared";
import {
  findStatement,
  LEDGER_ACCOUNTS,
  type LedgerAccount,
  type Statement,
  type StatementCursor,
} from "@/lib/ledger";
import type { CurrencyCode } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { civilDayAt, listBuildings } from "@/lib/property";
import { dayAfter } from "@/lib/property/shared";
import type { StatementQuery } from "../ledger-query";

const MOST_BUILDINGS = 500;
const NO_BUILDING = { locale: "en", timeZone: "UTC", currency: "KES" } as const;

/** Null for a word that names no account. */
export function parseAccount(word: string): LedgerAccount | null {
  return LEDGER_ACCOUNTS.find((account) => account === word) ?? null;
}

/** What the address bar asks for, filled in: this month, and the currency of the first building. */
export async function askedOf(scope: OrgScope, query: StatementQuery) {
  const buildings = await listBuildings(scope, { take: MOST_BUILDINGS });
  const place = buildings.find(({ id }) => id === query.building) ?? buildings[0] ?? NO_BUILDING;
  const today = civilDayAt(systemClock.now(), place.timeZone);
  const to = query.to ?? today;
  const from = query.from ?? `${to.slice(0, 7)}-01`;
  const currency: CurrencyCode = query.currency ?? place.currency;
  return { buildings, place, from, to, currency };
}

export function statementOf(
  scope: OrgScope,
  asked: {
    readonly account: LedgerAccount;
    readonly query: StatementQuery;
    readonly from: string;
    readonly to: string;
    readonly currency: CurrencyCode;
    readonly after: StatementCursor | null;
    readonly take: number;
  },
): Promise<Statement> {
  const { account, query, from, to, currency, after, take } = asked;
  const part = { buildingId: query.building, leaseId: query.lease };
  return findStatement(scope, {
    ...part,
    account,
    currency,
    from,
    dayAfter: dayAfter(to),
    after,
    take,
  });
}
