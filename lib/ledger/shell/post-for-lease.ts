import { callScopedIn, inScope, recordAudit, type ScopedTx } from "@/lib/access";
import { isWithinBuildings, type OrgScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import type { PostForLeaseError } from "../errors";

const FUNCTIONS = {
  "arrears.charged": "arrears_charge",
  "arrears.written-off": "arrears_write_off",
  "arrears.paid": "arrears_pay",
  "deposit.taken": "deposit_take",
  "deposit.returned": "deposit_return",
} as const;

/** What an office books for a lease by hand. */
export type LeasePosting = keyof typeof FUNCTIONS;
export const LEASE_POSTINGS = Object.keys(FUNCTIONS) as readonly LeasePosting[];

export type PostForLease = {
  /** Made by the form: the same one is booked once. */
  readonly id: string;
  readonly leaseId: string;
  readonly what: LeasePosting;
  readonly amountMinor: bigint;
  readonly note: string;
  readonly now: Date;
};

export type LeaseAccount = {
  readonly leaseId: string;
  readonly dueMinor: bigint;
  readonly depositMinor: bigint;
};

type Answer = {
  readonly outcome: string;
  readonly dueMinor?: string;
  readonly depositMinor?: string;
};

/**
 * Charges a lease, lets it off, takes down what was paid to the landlord directly, or moves its
 * deposit; each is a transfer with a note and an audit entry. The same id books once.
 */
export function postForLease(
  scope: OrgScope,
  asked: PostForLease,
): Promise<Result<LeaseAccount, PostForLeaseError>> {
  return inScope(scope, async (tx): Promise<Result<LeaseAccount, PostForLeaseError>> => {
    const { id, leaseId, what, amountMinor, note, now } = asked;
    const unitLabel = await findUnitOf(tx, leaseId);
    if (unitLabel === null || !isId(id)) return err({ code: "lease-not-found" });
    const args = { id, leaseId, amountMinor, note, now };
    const answer = (await callScopedIn(tx, FUNCTIONS[what], args)) as Answer;
    const dueMinor = BigInt(answer.dueMinor ?? 0);
    const depositMinor = BigInt(answer.depositMinor ?? 0);
    if (answer.outcome === "posted") {
      await recordAudit(tx, {
        at: now,
        action: what,
        subjectKind: "lease",
        subjectId: leaseId,
        detail: { unit: unitLabel },
        after: { amountMinor: amountMinor.toString() },
        personal: { note },
      });
    }
    switch (answer.outcome) {
      case "posted":
      case "known":
        return ok({ leaseId, dueMinor, depositMinor });
      case "more-than-due":
        return err({ code: "more-than-due", dueMinor });
      case "more-than-held":
        return err({ code: "more-than-held", depositMinor });
      case "request-key-reused":
        return err({ code: "request-key-reused" });
      default:
        return err({ code: "lease-not-found" });
    }
  });
}

/** The unit of a lease within the scope's buildings; null for a lease that it does not see. */
async function findUnitOf(tx: ScopedTx<OrgScope>, leaseId: string): Promise<string | null> {
  if (!isId(leaseId)) return null;
  const lease = await tx.db.lease.findFirst({
    where: { organizationId: tx.scope.organizationId, id: leaseId },
    select: { unit: { select: { label: true, buildingId: true } } },
  });
  return lease && isWithinBuildings(tx.scope, lease.unit.buildingId) ? lease.unit.label : null;
}

/** What leases owe and have left as a deposit; none for a lease that was never booked for. */
export function listLeaseAccounts(
  scope: OrgScope,
  leaseIds: readonly string[],
): Promise<readonly LeaseAccount[]> {
  const { organizationId } = scope;
  return inScope(scope, (tx) =>
    tx.db.leaseArrears.findMany({
      where: { organizationId, leaseId: { in: [...leaseIds] } },
      select: { leaseId: true, dueMinor: true, depositMinor: true },
      orderBy: { leaseId: "asc" },
      take: 100,
    }),
  );
}
