import { workerPool } from "@/lib/platform/databases";
import type { WorkItem, WorkKind } from "../core/work-item";
import type { ScopedTx } from "./in-scope";

// Outbox and due work hold ids and instants only; the worker's role alone sees them across
// organizations. Claiming takes a lease: a worker that dies gives its row back by time.

type Row = {
  readonly organization_id: string;
  readonly subject_id: string;
  readonly kind: WorkKind;
  readonly attempts: number;
};

// A paid purchase is tried again every 5 s for as long as it takes (a token within 5 s of
// recovery);
// what waits on the outside is asked less and less often, at most every ten minutes.
const CLAIM = {
  outbox: "interval '5 seconds'",
  due_work: "least(interval '10 minutes', interval '10 seconds' * power(2, least(attempts, 8)))",
} as const;

/** Claims up to `most` rows that are due and pushes each one's next try into the future. */
export async function claimWork(
  queue: WorkItem["queue"],
  now: Date,
  most: number,
): Promise<readonly WorkItem[]> {
  const claimed = await workerPool().query<Row>(
    // Materialized, or the planner may ask anew for each row, skip the rows it has just locked, and
    // claim more than was asked for.
    `WITH due AS MATERIALIZED (SELECT organization_id, subject_id FROM ${queue}
        WHERE due_at <= $1 ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
     UPDATE ${queue} q SET attempts = attempts + 1, due_at = $1::timestamptz + ${CLAIM[queue]}
       FROM due WHERE q.organization_id = due.organization_id AND q.subject_id = due.subject_id
     RETURNING q.organization_id, q.subject_id, q.kind, q.attempts`,
    [now, most],
  );
  return claimed.rows.map((row) => ({
    queue,
    organizationId: row.organization_id,
    subjectId: row.subject_id,
    kind: row.kind,
    attempts: row.attempts,
  }));
}

/**
 * Removes a row that is done, unless its subject has moved on to another kind meanwhile, or has
 * been planned anew: that starts its attempts again, and what it was planned for may be unseen.
 */
export async function completeWork(item: WorkItem): Promise<void> {
  await workerPool().query(
    `DELETE FROM ${item.queue}
      WHERE organization_id = $1 AND subject_id = $2 AND kind = $3 AND attempts = $4`,
    [item.organizationId, item.subjectId, item.kind, item.attempts],
  );
}

/** Removes rows of one queue that are done, as `completeWork` does each, with one statement. */
export async function completeAll(
  queue: WorkItem["queue"],
  items: readonly WorkItem[],
): Promise<void> {
  const columns = [
    items.map(({ organizationId }) => organizationId),
    items.map(({ subjectId }) => subjectId),
    items.map(({ kind }) => kind),
    items.map(({ attempts }) => attempts),
  ];
  await workerPool().query(
    `DELETE FROM ${queue} q
      USING unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[])
        AS done (organization_id, subject_id, kind, attempts)
      WHERE q.organization_id = done.organization_id AND q.subject_id = done.subject_id
        AND q.kind = done.kind AND q.attempts = done.attempts`,
    columns,
  );
}

/** Plans something that waits on the outside, in the caller's transaction. */
export async function enqueueDueWork(
  tx: ScopedTx,
  work: { readonly subjectId: string; readonly kind: WorkKind; readonly dueAt: Date },
): Promise<void> {
  const { organizationId } = tx.scope;
  await tx.db.dueWork.upsert({
    where: { organizationId_subjectId: { organizationId, subjectId: work.subjectId } },
    create: { organizationId, ...work },
    update: { kind: work.kind, dueAt: work.dueAt, attempts: 0 },
  });
}

/**
 * The same for what happens often and is done once for all of it: what is planned and not begun
 * keeps its moment, so that it is not put off for ever.
 */
export async function enqueueSettled(
  tx: ScopedTx,
  work: { readonly subjectId: string; readonly kind: WorkKind; readonly dueAt: Date },
): Promise<void> {
  const { organizationId } = tx.scope;
  const { subjectId, kind, dueAt } = work;
  await tx.db.$executeRaw`
    INSERT INTO due_work AS planned (organization_id, subject_id, kind, due_at)
    VALUES (${organizationId}::uuid, ${subjectId}::uuid, ${kind}, ${dueAt})
    ON CONFLICT (organization_id, subject_id) DO UPDATE SET kind = excluded.kind, attempts = 0,
      due_at = CASE WHEN planned.kind = excluded.kind AND planned.attempts = 0
        THEN least(planned.due_at, excluded.due_at) ELSE excluded.due_at END`;
}

/** Takes back what was planned, in the caller's transaction. */
export async function dequeueDueWork(tx: ScopedTx, subjectId: string): Promise<void> {
  const { organizationId } = tx.scope;
  await tx.db.dueWork.deleteMany({ where: { organizationId, subjectId } });
}
