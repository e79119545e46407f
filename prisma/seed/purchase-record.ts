import { inScope } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { balancesOf, type LedgerAccount, listMovementsOf } from "@/lib/ledger";

const SELECT = {
  status: true,
  amountMinor: true,
  receiptSeries: true,
  receiptNumber: true,
  payments: { select: { status: true }, orderBy: { id: "asc" } },
  quotes: {
    select: {
      id: true,
      tariffVersionId: true,
      energyWh: true,
      tokenUnits: true,
      lines: true,
      monthBeforeWh: true,
      walletMinor: true,
    },
    orderBy: { id: "asc" },
  },
  events: { select: { sequence: true, toStatus: true }, orderBy: { sequence: "asc" } },
  tokenSet: {
    select: {
      id: true,
      reservations: {
        select: {
          tokenIdMinutes: true,
          amountUnits: true,
          randomNibble: true,
          token: { select: { digits: true } },
        },
        orderBy: { position: "asc" },
      },
    },
  },
} as const;

/** For database tests: all that the database holds of one purchase. Throws where there is none. */
export function recordOf(scope: Scope, purchaseId: string) {
  const { organizationId } = scope;
  return inScope(scope, async (tx) => {
    const { events, tokenSet, ...purchase } = await tx.db.purchase.findUniqueOrThrow({
      where: { organizationId_id: { organizationId, id: purchaseId } },
      select: SELECT,
    });
    const movements = await listMovementsOf(tx, purchaseId);
    const reservations = tokenSet?.reservations ?? [];
    return {
      ...purchase,
      tokenSetId: tokenSet?.id ?? null,
      life: events.map(({ toStatus }) => toStatus),
      sequences: events.map(({ sequence }) => sequence),
      reservations,
      digits: reservations.flatMap(({ token }) => (token ? [token.digits] : [])),
      movements,
      balances: settled(balancesOf(movements)),
    };
  });
}

/** Without the accounts that came back to nothing. */
function settled(balances: ReadonlyMap<LedgerAccount, bigint>) {
  return Object.fromEntries([...balances].filter(([, amountMinor]) => amountMinor !== 0n));
}

/** What an occupancy has on account, the watt-hours it carries, and its month so far. */
export function walletOf(scope: Scope, occupancyId: string) {
  const { organizationId } = scope;
  return inScope(scope, (tx) =>
    tx.db.wallet.findUniqueOrThrow({
      where: { organizationId_occupancyId: { organizationId, occupancyId } },
      select: { balanceMinor: true, carriedWh: true, monthWh: true },
    }),
  );
}
