import { inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { isId } from "@/lib/platform";
import type { QuarantineReason } from "../core/judge-reading";
import type { Quantity } from "../core/reading";

/** What somebody or something said that a meter showed. */
export type MeterReading = {
  readonly at: Date;
  readonly quantity: Quantity;
  /** Watt-hours of electricity; litres of water or gas. */
  readonly value: bigint;
  readonly source: "resident" | "staff" | "import" | "gateway";
  /** Why a person has to look at it first; null for one that counts. */
  readonly waitsFor: QuarantineReason | null;
};

/**
 * The newest readings of a meter, those that wait for a person among them; for staff who may see
 * the meter, which the caller has looked up.
 */
export async function listMeterReadings(
  scope: OrgScope,
  { meterId, take }: { readonly meterId: string; readonly take: number },
): Promise<readonly MeterReading[]> {
  if (!isId(meterId)) return [];
  const { organizationId } = scope;
  return inScope(
    scope,
    (tx) => tx.db.$queryRaw<MeterReading[]>`
      (SELECT at, quantity, value, source, NULL AS "waitsFor" FROM reading
        WHERE organization_id = ${organizationId}::uuid AND meter_id = ${meterId}::uuid
        ORDER BY at DESC LIMIT ${take})
      UNION ALL
      (SELECT at, quantity, value, source, reason FROM reading_quarantine
        WHERE organization_id = ${organizationId}::uuid AND meter_id = ${meterId}::uuid
          AND decision IS NULL
        ORDER BY at DESC LIMIT ${take})
      ORDER BY at DESC, quantity LIMIT ${take}`,
  );
}
