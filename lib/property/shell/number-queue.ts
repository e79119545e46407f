import { z } from "zod";
import { inOperatorScope, inScope, recordAudit, systemScope } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import type { MeterNumber } from "@/lib/sts";
import type { DecideNumberError } from "../errors";
import type { MeterProof } from "./find-served-meter";

/** One organization's word on a number: a claim, or a wish for one that another has proved. */
export type NumberClaim = {
  readonly meterNumber: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly state: MeterProof | "wished";
  readonly since: Date;
};

const MOST_CLAIMS = 1_000;
const LOOK = "the operator looks at contested numbers";

/**
 * The operator's queue, as the owner of the database: every claim on a number that several
 * organizations claim, and every open wish with the claim that it stands against.
 */
export function listNumberQueue(): Promise<readonly NumberClaim[]> {
  return inOperatorScope(async ({ db, within }) => {
    const rows = await db.$queryRaw<Omit<NumberClaim, "organizationName">[]>`
      SELECT q.meter_number AS "meterNumber", q.belongs_to AS "organizationId", q.state, q.since
        FROM (SELECT meter_number, belongs_to, state, claimed_at AS since FROM meter_directory
          UNION ALL SELECT meter_number, belongs_to, 'wished', wished_at FROM meter_wish
            WHERE state = 'open') q
       WHERE q.meter_number IN (SELECT meter_number FROM meter_directory GROUP BY meter_number
           HAVING bool_or(state = 'contested') AND NOT bool_or(state = 'verified')
         UNION SELECT meter_number FROM meter_wish WHERE state = 'open')
       ORDER BY q.meter_number, q.since, q.belongs_to LIMIT ${MOST_CLAIMS}`;
    const claims: NumberClaim[] = [];
    for (const row of rows) {
      const { organizationId } = row;
      const organization = await within(systemScope(organizationId, LOOK), (tx) =>
        tx.db.organization.findUnique({ where: { organizationId }, select: { name: true } }),
      );
      claims.push({ ...row, organizationName: organization?.name ?? "" });
    }
    return claims;
  });
}

const decisionForm = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("verified"), meterId: z.string() }),
  z.object({ outcome: z.enum(["granted", "already-verified", "nothing-claimed"]) }),
]);

/**
 * The operator's word on a number, in the organization's audit trail with its reason. A claim is
 * proved by it, and every other one frozen. For an organization that only wished, the number is
 * frozen for the others, and proved as soon as it registers the meter ("granted").
 */
export function decideNumber(decision: {
  readonly meterNumber: MeterNumber;
  readonly organizationId: string;
  readonly reason: string;
  readonly now: Date;
}): Promise<Result<"verified" | "granted", DecideNumberError>> {
  const { meterNumber, organizationId, reason, now } = decision;
  const scope = systemScope(organizationId, `the operator decided: ${reason}`);
  return inOperatorScope(async ({ decide, within }) => {
    const answer = decisionForm.parse(await decide(scope, "meter_decide", { meterNumber, now }));
    const { outcome } = answer;
    if (outcome === "nothing-claimed" || outcome === "already-verified") return err(outcome);
    await within(scope, (tx) =>
      recordAudit(tx, {
        at: now,
        action: outcome === "verified" ? "meter.verified" : "meter.number-decided",
        subjectKind: outcome === "verified" ? "meter" : "organization",
        subjectId: answer.outcome === "verified" ? answer.meterId : organizationId,
        detail: { meterNumber },
        after: { state: outcome },
      }),
    );
    return ok(outcome);
  });
}

/**
 * Tells an organization, in its audit trail, that its number is contested: done by the worker, for
 * whoever contested it sees nothing of that organization. Twice is harmless.
 */
export function recordContested(scope: SystemScope, meterId: string, now: Date): Promise<void> {
  const { organizationId } = scope;
  return inScope(scope, async (tx) => {
    const meter = await tx.db.meter.findFirst({
      where: { organizationId, id: meterId },
      select: { meterNumber: true },
    });
    if (!meter) return;
    const { meterNumber } = meter;
    await recordAudit(tx, {
      at: now,
      action: "meter.contested",
      subjectKind: "meter",
      subjectId: meterId,
      detail: { meterNumber },
      after: { state: "contested" },
    });
  });
}
