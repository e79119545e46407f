import { inScope } from "@/lib/access";
import type { Scope, SystemScope } from "@/lib/access/shared";
import { balancesOf, listMovementsByPurchase, listMovementsOf, type Movement } from "@/lib/ledger";
import { isSold, parsePurchaseStatus } from "../core/purchase-states";
import { purchasesSeen } from "./purchases-seen";

export type AuditFinding =
  | "purchase-not-found"
  | "amount-not-fully-split"
  | "money-left-in-between"
  | "token-missing"
  | "token-without-purchase-issued";

const SELECT = {
  id: true,
  status: true,
  amountMinor: true,
  tokenSet: { select: { reservations: { select: { token: { select: { digits: true } } } } } },
} as const;

/**
 * The running audit of one purchase: what was paid equals the sum of its transfers, nothing is left
 * on an account in between, and there is exactly the token set that was reserved. Gives what is
 * wrong; nothing, where all is well. The worker asks for every purchase that was issued.
 */
export function auditPurchase(scope: Scope, purchaseId: string): Promise<readonly AuditFinding[]> {
  return inScope(scope, async (tx) => {
    const { organizationId } = tx.scope;
    const row = await tx.db.purchase.findFirst({
      where: { organizationId, AND: [{ id: purchaseId }, await purchasesSeen(tx)] },
      select: SELECT,
    });
    return row ? findingsOf(row, await listMovementsOf(tx, purchaseId)) : ["purchase-not-found"];
  });
}

/** The same of many purchases with a few statements: those with findings, by purchase. */
export function auditPurchases(
  scope: SystemScope,
  purchaseIds: readonly string[],
): Promise<ReadonlyMap<string, readonly AuditFinding[]>> {
  const { organizationId } = scope;
  return inScope(scope, async (tx) => {
    const rows = await tx.db.purchase.findMany({
      where: { organizationId, id: { in: [...purchaseIds] } },
      select: SELECT,
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    const movements = await listMovementsByPurchase(tx, purchaseIds);
    const audited = purchaseIds.map((id): [string, readonly AuditFinding[]] => {
      const row = byId.get(id);
      return [id, row ? findingsOf(row, movements.get(id) ?? []) : ["purchase-not-found"]];
    });
    return new Map(audited.filter(([, findings]) => findings.length > 0));
  });
}

type Audited = {
  readonly status: string;
  readonly amountMinor: bigint;
  readonly tokenSet: { readonly reservations: readonly { readonly token: object | null }[] } | null;
};

function findingsOf(row: Audited, movements: readonly Movement[]): readonly AuditFinding[] {
  const status = parsePurchaseStatus(row.status);
  if (!status) return ["purchase-not-found"];
  const balances = balancesOf(movements);
  const findings: AuditFinding[] = [];
  const received = -(balances.get("provider_clearing") ?? 0n);
  const expected = status === "refunded" ? 0n : row.amountMinor;
  if (received < expected || received % (row.amountMinor || 1n) !== 0n) {
    findings.push("amount-not-fully-split");
  }
  const between = ["customer_unallocated", "vend_pending", "refunds_payable"] as const;
  const isEnded = isSold(status) || status === "refunded";
  if (isEnded && between.some((account) => (balances.get(account) ?? 0n) !== 0n)) {
    findings.push("money-left-in-between");
  }
  const reservations = row.tokenSet?.reservations ?? [];
  const tokens = reservations.filter(({ token }) => token !== null).length;
  if (isSold(status) && (tokens === 0 || tokens !== reservations.length)) {
    findings.push("token-missing");
  }
  if (!isSold(status) && tokens > 0) findings.push("token-without-purchase-issued");
  return findings;
}
