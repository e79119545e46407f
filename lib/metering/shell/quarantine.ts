import { buildingsOf, enqueueDueWork, inScope, recordAudit, type ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import type { Resource } from "@/lib/property/shared";
import type { Neighbours, QuarantineReason } from "../core/judge-reading";
import type { Quantity } from "../core/reading";
import type { DecideError } from "../errors";
import { ALONE, findNeighbours } from "./find-neighbours";

type Row = {
  readonly id: string;
  readonly meterId: string;
  readonly meterNumber: string;
  /** What the meter served then; null where it served nothing. */
  readonly installationId: string | null;
  readonly unitId: string | null;
  readonly unitLabel: string | null;
  readonly quantity: Quantity;
  readonly at: Date;
  readonly value: bigint;
  readonly reason: QuarantineReason;
  readonly recordedAt: Date;
  readonly enteredBy: string | null;
  readonly source: "resident" | "staff" | "import" | "gateway";
  readonly resource: Resource;
  readonly locale: string | null;
  readonly timeZone: string | null;
};

/** A reading that waits, with what was read before and after it, and at the same instant. */
export type QuarantinedReading = Row & Neighbours;

const MOST = 200;

/** Readings that wait for a person, the newest first, within a role's buildings. */
export function listQuarantined(scope: OrgScope): Promise<readonly QuarantinedReading[]> {
  return inScope(scope, async (tx) => {
    const rows = await readQuarantined(tx, null);
    const asked = rows.map(({ meterId, quantity, at }, place) => ({
      place,
      meterId,
      quantity,
      at,
    }));
    const latest = rows.map(({ recordedAt }) => recordedAt).toSorted((a, b) => +b - +a)[0];
    const around = latest ? await findNeighbours(tx, asked, latest) : new Map();
    return rows.map((row, place) => ({ ...row, ...(around.get(place) ?? ALONE) }));
  });
}

/** How many wait for a person, within a role's buildings; more than can be shown are not told. */
export function countQuarantined(scope: OrgScope): Promise<number> {
  const within = buildingsOf(scope);
  const buildingIds = within && [...within];
  return inScope(scope, async (tx) => {
    const [counted] = await tx.db.$queryRaw<{ readonly count: number }[]>`
      SELECT count(*)::int AS count FROM (SELECT FROM reading_quarantine q
        WHERE q.organization_id = ${scope.organizationId}::uuid AND q.decision IS NULL
          AND (${buildingIds}::uuid[] IS NULL OR EXISTS (SELECT FROM meter_installation i
            JOIN unit u ON u.organization_id = i.organization_id AND u.id = i.unit_id
            WHERE i.organization_id = q.organization_id AND i.meter_id = q.meter_id
              AND tstzrange(i.starts_at, i.ends_at, '[)') @> q.at
              AND u.building_id = ANY (${buildingIds}::uuid[])))
        LIMIT ${MOST}) waiting`;
    return counted?.count ?? 0;
  });
}

/** Those that wait; or one, whether it waits or not. */
function readQuarantined(tx: ScopedTx, id: string | null): Promise<readonly Row[]> {
  const { organizationId } = tx.scope;
  const within = buildingsOf(tx.scope);
  return tx.db.$queryRaw<Row[]>`
    SELECT q.id, q.meter_id AS "meterId", m.meter_number AS "meterNumber",
      i.id AS "installationId", u.id AS "unitId", u.label AS "unitLabel", q.quantity, q.at,
      q.value, q.reason, q.recorded_at AS "recordedAt", q.entered_by AS "enteredBy", q.source,
      m.resource, b.locale, b.time_zone AS "timeZone"
    FROM reading_quarantine q
    JOIN meter m ON m.organization_id = q.organization_id AND m.id = q.meter_id
    LEFT JOIN meter_installation i ON i.organization_id = q.organization_id
      AND i.meter_id = q.meter_id AND tstzrange(i.starts_at, i.ends_at, '[)') @> q.at
    LEFT JOIN unit u ON u.organization_id = q.organization_id AND u.id = i.unit_id
    LEFT JOIN building b ON b.organization_id = q.organization_id AND b.id = u.building_id
    WHERE q.organization_id = ${organizationId}::uuid
      AND CASE WHEN ${id}::uuid IS NULL THEN q.decision IS NULL ELSE q.id = ${id}::uuid END
      AND (${within ? [...within] : null}::uuid[] IS NULL
        OR u.building_id = ANY (${within ? [...within] : null}::uuid[]))
    ORDER BY q.recorded_at DESC, q.id DESC LIMIT ${MOST}`;
}

/**
 * A person's word on a reading in quarantine. Kept, it counts, and for its instant instead of what
 * was taken down before; the row of before stays as it is. Decided once.
 */
export function decideQuarantined(
  scope: OrgScope,
  wanted: { readonly id: string; readonly decision: "kept" | "dropped"; readonly now: Date },
): Promise<Result<void, DecideError>> {
  const { organizationId, userId } = scope;
  const { id, decision, now } = wanted;
  return inScope(scope, async (tx): Promise<Result<void, DecideError>> => {
    const [reading] = isId(id) ? await readQuarantined(tx, id) : [];
    if (!reading) return err("not-found");
    const { count } = await tx.db.readingQuarantine.updateMany({
      where: { organizationId, id, decision: null },
      data: { decision, decidedBy: userId, decidedAt: now },
    });
    if (count === 0) return err("decided-already");
    await recordAudit(tx, {
      at: now,
      action: "reading.decided",
      subjectKind: "meter",
      subjectId: reading.meterId,
      detail: { state: decision, why: reading.reason },
    });
    const { installationId } = reading;
    if (decision === "kept" && installationId !== null) {
      await tx.db.$executeRaw`
        UPDATE meter_installation SET stale_from = least(stale_from, ${reading.at}::timestamptz)
         WHERE organization_id = ${organizationId}::uuid AND id = ${installationId}::uuid
           AND stale_from IS NOT NULL`;
      await enqueueDueWork(tx, { subjectId: installationId, kind: "meter.rollup", dueAt: now });
    }
    return ok(undefined);
  });
}
