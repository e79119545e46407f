import type { ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { isId } from "@/lib/platform";
import { type BuildingFacts, startOfCivilDay } from "@/lib/property";
import { dayAfter } from "@/lib/property/shared";
import { type Asked, inSpan, type Span } from "./span";
import { listSupplyDays, type SupplyDay } from "./use-days";

export type DayReading = {
  readonly at: Date;
  readonly value: bigint;
  readonly source: "resident" | "staff" | "import" | "gateway";
};

/** A supply meter's day, and the readings of its register that it rests on, in their order. */
export type DayReadings = { readonly day: SupplyDay; readonly readings: readonly DayReading[] };

/**
 * What a day of the supply rests on: the last reading before it or as it begins, those within, and
 * the first as it ends or after. Null for a day or meter that the sheet does not have, and as
 * `findSheet`.
 */
export async function findDayReadings(
  scope: OrgScope,
  asked: Asked & { readonly meterId: string; readonly day: string },
): Promise<{
  readonly building: BuildingFacts;
  readonly span: Span;
  readonly value: DayReadings;
} | null> {
  const { meterId, day } = asked;
  if (!isId(meterId)) return null;
  const found = await inSpan(scope, asked, async (tx, span) => {
    const days = await listSupplyDays(tx, span);
    const supply = days.find((one) => one.meterId === meterId && one.day === day);
    return supply ? { day: supply, readings: await around(tx, supply, span) } : null;
  });
  return found?.value ? { ...found, value: found.value } : null;
}

const MOST_READINGS = 500;

/** A value that a person kept from quarantine counts instead of the one of the same instant. */
function around(
  tx: ScopedTx,
  { meterId, day }: SupplyDay,
  { timeZone }: Span,
): Promise<readonly DayReading[]> {
  const { organizationId } = tx.scope;
  const from = startOfCivilDay(day, timeZone);
  const to = startOfCivilDay(dayAfter(day), timeZone);
  return tx.db.$queryRaw<DayReading[]>`
    WITH known AS NOT MATERIALIZED (
      SELECT at, value, source, NULL::timestamptz AS decided_at FROM reading
       WHERE organization_id = ${organizationId}::uuid AND meter_id = ${meterId}::uuid
         AND quantity = 'register'
      UNION ALL
      SELECT at, value, source, decided_at FROM reading_quarantine
       WHERE organization_id = ${organizationId}::uuid AND meter_id = ${meterId}::uuid
         AND quantity = 'register' AND decision = 'kept'
    )
    SELECT DISTINCT ON (at) at, value, source FROM known
     WHERE at >= coalesce((SELECT max(at) FROM known WHERE at <= ${from}), ${from})
       AND at <= coalesce((SELECT min(at) FROM known WHERE at >= ${to}), ${to})
     ORDER BY at, decided_at DESC NULLS LAST LIMIT ${MOST_READINGS}`;
}
