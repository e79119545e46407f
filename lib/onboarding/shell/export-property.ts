import { inScope, recordAudit, type ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { civilTimeAt } from "@/lib/property";
import { type ExportedUnit, rowsOfUnit } from "../core/export-rows";
import { sheetOfRows } from "../core/sheet-row";

/** Units are read in portions, so that none of them takes long. */
const AT_ONCE = 2_000;

/**
 * Everything of an organization in the sheet's one form, buildings and units in their order: an
 * import of it elsewhere makes the same. Leaves an audit entry.
 */
export async function exportProperty(
  scope: OrgScope,
  now: Date,
): Promise<readonly (readonly string[])[]> {
  const units: ExportedUnit[] = [];
  let after: string | null = null;
  do {
    const some: Awaited<ReturnType<typeof someUnits>> = await inScope(scope, (tx) =>
      someUnits(tx, after),
    );
    units.push(...some.units);
    after = some.last;
  } while (after !== null);
  const rows = units.toSorted(inOrder).flatMap(rowsOfUnit);
  await inScope(scope, (tx) =>
    recordAudit(tx, {
      at: now,
      action: "property.exported",
      subjectKind: "organization",
      subjectId: scope.organizationId,
      detail: { rows: rows.length },
    }),
  );
  return sheetOfRows(rows);
}

const compare = new Intl.Collator("en", { numeric: true }).compare;

function inOrder(one: ExportedUnit, other: ExportedUnit): number {
  return (
    compare(one.building.name, other.building.name) ||
    one.floor - other.floor ||
    one.position - other.position ||
    compare(one.label, other.label)
  );
}

async function someUnits(tx: ScopedTx, after: string | null) {
  const { organizationId } = tx.scope;
  const found = await tx.db.unit.findMany({
    where: { organizationId, ...(after === null ? {} : { id: { gt: after } }) },
    orderBy: { id: "asc" },
    take: AT_ONCE,
    select: UNIT,
  });
  const meterIds = found.flatMap(({ installations }) => installations.map(({ meter }) => meter.id));
  const readings = await latestReadings(tx, meterIds);
  const last = found.length === AT_ONCE ? (found.at(-1)?.id ?? null) : null;
  return { last, units: found.map((unit) => exportedOf(unit, readings)) };
}

const UNIT = {
  id: true,
  label: true,
  kind: true,
  floor: true,
  position: true,
  building: {
    select: {
      name: true,
      address: true,
      currency: true,
      timeZone: true,
      locale: true,
      tariff: { select: { name: true } },
    },
  },
  beds: { select: { label: true }, orderBy: { position: "asc" } },
  leases: {
    select: {
      startsOn: true,
      endsOn: true,
      bed: { select: { label: true, position: true } },
      resident: { select: { name: true, phone: true, email: true } },
    },
    orderBy: { startsOn: "asc" },
  },
  installations: {
    where: { endsAt: null },
    select: {
      meter: {
        select: {
          id: true,
          meterNumber: true,
          resource: true,
          tariffIndex: true,
          vendingKey: { select: { supplyGroupCode: true, keyRevisionNumber: true } },
        },
      },
    },
    orderBy: { startsAt: "asc" },
  },
} as const;

type Reading = { readonly quantity: string; readonly value: bigint; readonly at: Date };

/** The last register of each meter; where it has none, the last credit left. */
async function latestReadings(
  tx: ScopedTx,
  meterIds: readonly string[],
): Promise<ReadonlyMap<string, Reading>> {
  const { organizationId } = tx.scope;
  const rows = await tx.db.$queryRaw<(Reading & { readonly meter_id: string })[]>`
    SELECT DISTINCT ON (m.id) m.id AS meter_id, r.quantity, r.value, r.at
      FROM unnest(${[...meterIds]}::uuid[]) AS m(id)
      CROSS JOIN (VALUES ('register', 0), ('remaining', 1)) AS q(quantity, place)
      CROSS JOIN LATERAL (SELECT quantity, value, at FROM reading
        WHERE organization_id = ${organizationId}::uuid AND meter_id = m.id
          AND quantity = q.quantity ORDER BY at DESC LIMIT 1) r
     ORDER BY m.id, q.place`;
  return new Map(rows.map(({ meter_id, ...reading }) => [meter_id, reading]));
}

type Found = {
  readonly label: string;
  readonly kind: string;
  readonly floor: number;
  readonly position: number;
  readonly building: Omit<ExportedUnit["building"], "tariff"> & {
    readonly tariff: { readonly name: string };
  };
  readonly beds: readonly { readonly label: string }[];
  readonly leases: readonly {
    readonly startsOn: Date;
    readonly endsOn: Date | null;
    readonly bed: { readonly label: string; readonly position: number } | null;
    readonly resident: {
      readonly name: string;
      readonly phone: string | null;
      readonly email: string | null;
    };
  }[];
  readonly installations: readonly {
    readonly meter: {
      readonly id: string;
      readonly meterNumber: string;
      readonly resource: string;
      readonly tariffIndex: number | null;
      readonly vendingKey: {
        readonly supplyGroupCode: string;
        readonly keyRevisionNumber: number;
      } | null;
    };
  }[];
};

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

function exportedOf(unit: Found, readings: ReadonlyMap<string, Reading>): ExportedUnit {
  const { label, kind, floor, position, building, beds, leases, installations } = unit;
  const { tariff, ...place } = building;
  const inBeds = leases.toSorted((a, b) => (a.bed?.position ?? 0) - (b.bed?.position ?? 0));
  return {
    building: { ...place, tariff: tariff.name },
    label,
    kind,
    floor,
    position,
    beds: beds.map((bed) => bed.label),
    leases: inBeds.map(({ startsOn, endsOn, bed, resident }) => ({
      bed: bed?.label ?? null,
      resident: resident.name,
      phone: resident.phone,
      email: resident.email,
      startsOn: dayOf(startsOn),
      endsOn: endsOn && dayOf(endsOn),
    })),
    meters: installations.map(({ meter }) => {
      const { id, meterNumber, resource, tariffIndex, vendingKey } = meter;
      const reading = readings.get(id);
      return {
        number: meterNumber,
        resource,
        tariffIndex,
        key: vendingKey && {
          supplyGroupCode: vendingKey.supplyGroupCode,
          revision: vendingKey.keyRevisionNumber,
        },
        reading: reading
          ? {
              quantity: reading.quantity,
              value: reading.value,
              readAt: civilTimeAt(reading.at, building.timeZone),
            }
          : null,
      };
    }),
  };
}
