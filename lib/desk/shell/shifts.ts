import { z } from "zod";
import { buildingsOf, callScopedIn, inScope, recordAudit, type ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import type { Counted } from "../core/denominations";
import type { CloseShiftError, CountError, OpenShiftError } from "../errors";

const openedForm = z.object({
  outcome: z.enum(["opened", "known", "desk-not-found", "desk-taken", "person-has-one"]),
});

/**
 * Begins a shift of who asks, with what was counted into the drawer. The form made the id: the same
 * one begins once. One shift to a desk and one to a person, also of two who ask at the same time.
 */
export function openShift(
  scope: OrgScope,
  asked: {
    readonly id: string;
    readonly deskId: string;
    readonly floatMinor: bigint;
    readonly now: Date;
  },
): Promise<Result<null, OpenShiftError>> {
  const { id, deskId, floatMinor, now } = asked;
  return inScope(scope, async (tx): Promise<Result<null, OpenShiftError>> => {
    if (!isId(id) || !isId(deskId) || !(await servesOwnBuildings(tx, deskId))) {
      return err("desk-not-found");
    }
    const { userId } = scope;
    const args = { id, deskId, floatMinor, userId, now };
    const { outcome } = openedForm.parse(await callScopedIn(tx, "desk_shift_open", args));
    if (outcome === "known") return ok(null);
    if (outcome !== "opened") return err(outcome);
    await recordAudit(tx, {
      at: now,
      action: "shift.opened",
      subjectKind: "shift",
      subjectId: id,
      detail: { deskId },
      after: { floatMinor: floatMinor.toString() },
    });
    return ok(null);
  });
}

/** Whoever is limited to buildings stands at a desk that sells for one of them. */
async function servesOwnBuildings(tx: ScopedTx<OrgScope>, deskId: string): Promise<boolean> {
  const within = buildingsOf(tx.scope);
  if (within === null) return true;
  const { organizationId } = tx.scope;
  const rows = await tx.db.deskBuilding.findMany({
    where: { organizationId, deskId },
    select: { buildingId: true },
  });
  return rows.length === 0 || rows.some(({ buildingId }) => within.includes(buildingId));
}

const countedForm = z.object({
  outcome: z.enum(["counted", "known", "shift-not-found", "shift-closed"]),
});

/**
 * Writes down what is in the drawer; from then on nothing is taken or given. One's own shift, or
 * with `desk:manage` anybody's. `number` is which count the page was about to make: the same form
 * sent twice is one count.
 */
export function countShift(
  scope: OrgScope,
  asked: {
    readonly shiftId: string;
    readonly number: number;
    readonly counted: Counted;
    readonly now: Date;
  },
): Promise<Result<null, CountError>> {
  const { shiftId, number, counted, now } = asked;
  return inScope(scope, async (tx): Promise<Result<null, CountError>> => {
    if (!(await mayCashUp(tx, shiftId))) return err("shift-not-found");
    const args = { shiftId, number, ...counted, userId: scope.userId, now };
    const { outcome } = countedForm.parse(await callScopedIn(tx, "desk_count_drawer", args));
    if (outcome === "known") return ok(null);
    if (outcome !== "counted") return err(outcome);
    await recordAudit(tx, {
      at: now,
      action: "shift.counted",
      subjectKind: "shift",
      subjectId: shiftId,
      detail: { number },
      after: { countedMinor: counted.totalMinor.toString() },
    });
    return ok(null);
  });
}

const closedForm = z.object({
  outcome: z.enum([
    ...["closed", "known", "shift-not-found", "not-counted", "counted-again", "no-reason"],
  ] as const),
});

/**
 * Closes a shift by its last count, which the page named. A difference needs a reason and is booked
 * as over or short; what was counted is banked. Closed once; then nothing of it changes any more.
 */
export function closeShift(
  scope: OrgScope,
  asked: {
    readonly shiftId: string;
    readonly number: number;
    readonly reason: string;
    readonly now: Date;
  },
): Promise<Result<null, CloseShiftError>> {
  const { shiftId, number, now } = asked;
  const reason = asked.reason.trim().slice(0, 200);
  return inScope(scope, async (tx): Promise<Result<null, CloseShiftError>> => {
    if (!(await mayCashUp(tx, shiftId))) return err("shift-not-found");
    const args = { shiftId, number, reason, userId: scope.userId, now };
    const { outcome } = closedForm.parse(await callScopedIn(tx, "desk_shift_close", args));
    if (outcome === "known") return ok(null);
    if (outcome !== "closed") return err(outcome);
    await recordAudit(tx, {
      at: now,
      action: "shift.closed",
      subjectKind: "shift",
      subjectId: shiftId,
      detail: { number },
      personal: { reason },
    });
    return ok(null);
  });
}

/** One's own shift, or with `desk:manage` one that somebody forgot. */
async function mayCashUp({ db, scope }: ScopedTx<OrgScope>, shiftId: string): Promise<boolean> {
  if (!isId(shiftId)) return false;
  const { organizationId, userId, permissions } = scope;
  const shift = await db.deskShift.findFirst({
    where: { organizationId, id: shiftId },
    select: { userId: true },
  });
  return shift !== null && (shift.userId === userId || permissions.includes("desk:manage"));
}
