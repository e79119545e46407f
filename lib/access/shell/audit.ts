import { newId } from "@/lib/platform";
import type { ScopedTx } from "./in-scope";

export type AuditFact = {
  readonly at: Date;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** Nothing personal: names and addresses have a place of their own, where they can be erased. */
  readonly detail: Readonly<Record<string, string | number | boolean>>;
};

/** Writes down who did what, in the transaction that does it. */
export async function recordAudit(tx: ScopedTx, fact: AuditFact): Promise<void> {
  const { scope } = tx;
  const person = scope.kind === "organization" || scope.kind === "resident" ? scope.userId : null;
  const why = scope.kind === "system" ? { reason: scope.reason } : { scope: scope.kind };
  await tx.db.auditEntry.createMany({
    data: [
      {
        organizationId: scope.organizationId,
        id: newId(),
        at: fact.at,
        actorKind: person ? "person" : "system",
        actorId: person,
        action: fact.action,
        subjectKind: fact.subjectKind,
        subjectId: fact.subjectId,
        detail: { ...why, ...fact.detail },
      },
    ],
  });
}
