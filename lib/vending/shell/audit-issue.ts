import { inScope } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { balancesOf, listMovementsOf } from "@/lib/ledger";

export type IssueFinding =
  | "issue-without-approval"
  | "token-missing"
  | "value-not-booked"
  | "value-told-too-soon";

/**
 * The running audit of one approved issue: a second person approved it, it has its token, and its
 * value stands in the ledger; a test's only when the test is over, for it would tell the amount.
 * Gives what is wrong; nothing, where all is well.
 */
export function auditIssue(scope: Scope, approvalId: string): Promise<readonly IssueFinding[]> {
  return inScope(scope, async (tx) => {
    const { organizationId } = tx.scope;
    const approval = await tx.db.approvalRequest.findUnique({
      where: { organizationId_id: { organizationId, id: approvalId } },
      select: {
        kind: true,
        state: true,
        requestedBy: true,
        decidedBy: true,
        meterTest: { select: { state: true } },
        tokenSet: { select: { reservations: { select: { token: { select: { digits: true } } } } } },
      },
    });
    const findings: IssueFinding[] = [];
    const isSeconded = approval?.decidedBy && approval.decidedBy !== approval.requestedBy;
    if (approval?.kind !== "free-issue" || approval.state !== "used" || !isSeconded) {
      findings.push("issue-without-approval");
    }
    const reservations = approval?.tokenSet?.reservations ?? [];
    if (reservations.length === 0 || reservations.some(({ token }) => token === null)) {
      findings.push("token-missing");
    }
    const given = -(balancesOf(await listMovementsOf(tx, approvalId)).get("free_issues") ?? 0n);
    const test = approval?.meterTest?.state;
    if (!test && given <= 0n) findings.push("value-not-booked");
    if (test === "issued" && given !== 0n) findings.push("value-told-too-soon");
    return findings;
  });
}
