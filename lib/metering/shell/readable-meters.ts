import type { ScopedTx } from "@/lib/access";
import { isWithinBuildings, type Scope } from "@/lib/access/shared";

type Stay = {
  readonly meterId: string;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly buildingId: string | null;
  readonly leaseFrom: Date | null;
  readonly leaseTo: Date | null;
};

/** Whether a scope may say what a meter showed at an instant. */
export type MayRead = (meterId: string, at: Date) => boolean;

/**
 * Which meters a scope may read, and when: staff those of the organization, or of their buildings
 * while they serve there; a resident the one of the unit, on the days of the lease. Locks them, so
 * that readings of one meter are judged one after the other.
 */
export async function lockReadable(tx: ScopedTx, meterIds: readonly string[]): Promise<MayRead> {
  const { organizationId } = tx.scope;
  await tx.db.$queryRaw`SELECT id FROM meter WHERE organization_id = ${organizationId}::uuid
    AND id = ANY (${meterIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  const leaseIds = tx.scope.kind === "resident" ? tx.scope.leaseIds : [];
  const stays = await tx.db.$queryRaw<Stay[]>`
    SELECT m.id AS "meterId", i.starts_at AS "startsAt", i.ends_at AS "endsAt",
      u.building_id AS "buildingId",
      l.starts_on::timestamp AT TIME ZONE b.time_zone AS "leaseFrom",
      l.ends_on::timestamp AT TIME ZONE b.time_zone AS "leaseTo"
    FROM meter m
    LEFT JOIN meter_installation i ON i.organization_id = m.organization_id AND i.meter_id = m.id
    LEFT JOIN unit u ON u.organization_id = m.organization_id AND u.id = i.unit_id
    LEFT JOIN building b ON b.organization_id = m.organization_id AND b.id = u.building_id
    LEFT JOIN lease l ON l.organization_id = m.organization_id AND l.unit_id = u.id
      AND l.id = ANY (${leaseIds}::uuid[])
    WHERE m.organization_id = ${organizationId}::uuid AND m.id = ANY (${meterIds}::uuid[])`;
  const byMeter = Map.groupBy(stays, ({ meterId }) => meterId);
  return (meterId, at) => (byMeter.get(meterId) ?? []).some((stay) => mayRead(tx.scope, stay, at));
}

function mayRead(scope: Scope, stay: Stay, at: Date): boolean {
  const serves = isWithin(at, stay.startsAt, stay.endsAt);
  switch (scope.kind) {
    case "organization":
    case "endpoint":
      return scope.buildingIds === null || (serves && isWithinBuildings(scope, stay.buildingId));
    case "resident":
      return serves && isWithin(at, stay.leaseFrom, stay.leaseTo);
    case "system":
      return true;
    case "guest":
      return false;
  }
}

function isWithin(at: Date, from: Date | null, to: Date | null): boolean {
  return from !== null && from <= at && (to === null || at < to);
}
