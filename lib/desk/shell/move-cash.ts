import { z } from "zod";
import {
  callScopedIn,
  hasApprover,
  inScope,
  recordAudit,
  requestApproval,
  type ScopedTx,
  takeApproval,
  withinBuildings,
} from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import type { MoveCashError, RefundCashError } from "../errors";

const LONGEST_NOTE = 200;
const noteOf = (text: string) => text.trim().slice(0, LONGEST_NOTE);

const movedForm = z.object({
  outcome: z.enum([
    ...["booked", "known", "no-shift", "being-counted", "more-than-there"],
    "request-key-reused",
  ] as const),
});

/** Brings cash to one's own drawer or takes it to the safe. The form's id is booked once. */
export function moveCash(
  scope: OrgScope,
  asked: {
    readonly id: string;
    readonly kind: "paid-in" | "paid-out";
    readonly amountMinor: bigint;
    readonly note: string;
    readonly now: Date;
  },
): Promise<Result<null, MoveCashError>> {
  const { id, kind, amountMinor, now } = asked;
  const note = noteOf(asked.note);
  return inScope(scope, async (tx): Promise<Result<null, MoveCashError>> => {
    if (note === "") return err("no-note");
    if (!isId(id)) return err("request-key-reused");
    const args = { id, kind, amountMinor, note, userId: scope.userId, now };
    const { outcome } = movedForm.parse(await callScopedIn(tx, "desk_move", args));
    if (outcome === "known") return ok(null);
    if (outcome !== "booked") return err(outcome);
    await recordAudit(tx, {
      at: now,
      action: kind === "paid-in" ? "cash.paid-in" : "cash.paid-out",
      subjectKind: "cash",
      subjectId: id,
      detail: {},
      after: { amountMinor: amountMinor.toString() },
      personal: { note },
    });
    return ok(null);
  });
}

const refundedForm = z.object({
  outcome: z.enum([
    ...["refunded", "known", "no-shift", "being-counted", "purchase-not-found", "not-due"],
    ...["other-currency", "more-than-there", "needs-approval"],
  ] as const),
});

/**
 * Pays back in cash what was paid in cash and got no token, whole, once. Above the desk's limit a
 * second person is asked for first ("asked"); after the approval the same step pays.
 */
export function refundCash(
  scope: OrgScope,
  asked: { readonly purchaseId: string; readonly note: string; readonly now: Date },
): Promise<Result<"refunded" | "asked", RefundCashError>> {
  const { purchaseId, now } = asked;
  const note = noteOf(asked.note);
  type Answer = Result<"refunded" | "asked", RefundCashError>;
  return inScope(scope, async (tx): Promise<Answer> => {
    const { organizationId, userId } = scope;
    if (note === "") return err("no-note");
    if (!isId(purchaseId)) return err("purchase-not-found");
    const purchase = await tx.db.purchase.findFirst({
      where: { organizationId, id: purchaseId, ...withinBuildings(scope, "buildingId") },
      select: { amountMinor: true, currency: true, buildingId: true },
    });
    if (!purchase) return err("purchase-not-found");
    const open = await findOpenRequest(tx, { purchaseId, now });
    const isApproved = open?.state === "approved";
    const args = { purchaseId, note, userId, isApproved, now };
    const { outcome } = refundedForm.parse(await callScopedIn(tx, "desk_refund", args));
    if (outcome === "known") return ok("refunded");
    const { currency, buildingId } = purchase;
    const request = { amountMinor: purchase.amountMinor.toString(), currency };
    if (outcome === "needs-approval") {
      if (open) return ok("asked");
      if (!(await hasApprover(tx, "refund", now))) {
        return err("nobody-to-approve");
      }
      const subject = { subjectKind: "purchase", subjectId: purchaseId, buildingId };
      await requestApproval(tx, { kind: "refund", ...subject, request, reason: note, now });
      return ok("asked");
    }
    if (outcome !== "refunded") return err(outcome);
    if (open && isApproved) {
      const use = { approvalId: open.id, kind: "refund", subjectId: purchaseId } as const;
      const taken = await takeApproval(tx, { ...use, request, now });
      assert(taken.ok, "an approval that was there is used in the same transaction");
    }
    await recordAudit(tx, {
      at: now,
      action: "cash.refunded",
      subjectKind: "purchase",
      subjectId: purchaseId,
      detail: {},
      after: { amountMinor: request.amountMinor },
      personal: { note },
    });
    return ok("refunded");
  });
}

/** The request for this refund that is approved, or that waits. */
function findOpenRequest(
  { db, scope }: ScopedTx<OrgScope>,
  { purchaseId, now }: { readonly purchaseId: string; readonly now: Date },
) {
  return db.approvalRequest.findFirst({
    where: {
      organizationId: scope.organizationId,
      ...{ kind: "refund", subjectId: purchaseId, expiresAt: { gt: now } },
      state: { in: ["waiting", "approved"] },
    },
    select: { id: true, state: true },
    orderBy: [{ state: "asc" }, { requestedAt: "desc" }],
  });
}
