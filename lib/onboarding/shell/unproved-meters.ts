import type { ScopedTx } from "@/lib/access";

export type UnprovedMeters = {
  readonly count: number;
  /** The first of them, by number. */
  readonly meters: readonly { readonly id: string; readonly number: string }[];
};

const SHOWN = 20;

/** Numbers that an import claimed and nobody has proved yet: they sell inside, or not at all. */
export async function unprovedMeters(tx: ScopedTx, batchId: string): Promise<UnprovedMeters> {
  const rows = await tx.db.$queryRaw<{ id: string; number: string; count: bigint }[]>`
    SELECT m.id, m.meter_number AS number, count(*) OVER () AS count
      FROM import_made made
      JOIN meter m ON m.organization_id = made.organization_id AND m.id = made.subject_id
      JOIN meter_directory d ON d.meter_number = m.meter_number
       AND d.belongs_to = made.organization_id AND d.state <> 'verified'
     WHERE made.organization_id = ${tx.scope.organizationId}::uuid
       AND made.batch_id = ${batchId}::uuid AND made.kind = 'meter'
     ORDER BY m.meter_number LIMIT ${SHOWN}`;
  const meters = rows.map(({ id, number }) => ({ id, number }));
  return { count: Number(rows[0]?.count ?? 0n), meters };
}
