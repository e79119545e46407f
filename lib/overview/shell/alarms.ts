import { inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";

/** What nobody may overlook, of an organization and of the whole installation. */
export type Alarms = {
  /** Nothing is sold until the operator has run `npm run recover`. */
  readonly areSalesClosed: boolean;
  /** Tokens that no purchase and no approved issue explains. */
  readonly unexplained: number;
  /** The last of them; null where there is none. */
  readonly last: { readonly foundAt: Date; readonly meterNumber: string } | null;
};

/** In one statement; an organization that is well has none. */
export async function findAlarms(scope: OrgScope): Promise<Alarms> {
  const { organizationId } = scope;
  const rows = await inScope(
    scope,
    (tx) => tx.db.$queryRaw<Row[]>`
      SELECT (SELECT count(*)::int FROM journal_alarm
          WHERE organization_id = ${organizationId}::uuid) AS unexplained,
        EXISTS (SELECT FROM sales_closure WHERE reopened_at IS NULL) AS closed,
        last.found_at AS "foundAt", last.meter_number AS "meterNumber"
        FROM (SELECT) AS one
        LEFT JOIN LATERAL (SELECT a.found_at, coalesce(m.meter_number, '') AS meter_number
          FROM journal_alarm a LEFT JOIN meter m ON m.organization_id = a.organization_id
           AND m.id = a.meter_id
         WHERE a.organization_id = ${organizationId}::uuid
         ORDER BY a.found_at DESC LIMIT 1) AS last ON true`,
  );
  const [row] = rows;
  const { foundAt, meterNumber } = row ?? {};
  return {
    areSalesClosed: row?.closed ?? false,
    unexplained: row?.unexplained ?? 0,
    last: foundAt ? { foundAt, meterNumber: meterNumber ?? "" } : null,
  };
}

type Row = {
  readonly unexplained: number;
  readonly closed: boolean;
  readonly foundAt: Date | null;
  readonly meterNumber: string | null;
};
