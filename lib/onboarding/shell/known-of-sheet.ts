import type { ScopedTx } from "@/lib/access";
import { parseUnitKind, type UnitKind } from "@/lib/property/shared";
import { cellText, parseMeterCell } from "../core/cell-values";
import type { Mapping } from "../core/columns";
import type { KnownProperty } from "../core/known-property";
import type { SheetRow } from "../core/sheet";

/** What is on record, as far as the sheet names it: a fixed number of statements for any sheet. */
export async function knownOfSheet(
  tx: ScopedTx,
  sheet: { readonly rows: readonly SheetRow[]; readonly mapping: Mapping },
): Promise<KnownProperty> {
  const { organizationId } = tx.scope;
  const named = namesIn(sheet);
  const buildings = await tx.db.building.findMany({
    where: { organizationId, name: { in: named.buildings } },
    select: {
      id: true,
      name: true,
      address: true,
      currency: true,
      timeZone: true,
      locale: true,
      tariff: { select: { name: true } },
    },
    orderBy: { createdAt: "desc" },
  });
  const units = await unitsOf(
    tx,
    buildings.map(({ id }) => id),
    named.units,
  );
  const leases = await tx.db.lease.findMany({
    where: { organizationId, unitId: { in: units.map(({ id }) => id) } },
    select: { unitId: true, bedId: true, startsOn: true, endsOn: true },
  });
  const [tariffs, keys] = await tariffsAndKeys(tx);
  const own = await tx.db.meter.findMany({
    where: { organizationId, meterNumber: { in: named.meters } },
    select: { meterNumber: true },
  });
  const proved = await tx.db.meterDirectory.findMany({
    where: {
      meterNumber: { in: named.meters },
      state: "verified",
      belongsTo: { not: organizationId },
    },
    select: { meterNumber: true },
  });
  return {
    buildings: buildings.map(({ tariff, ...one }) => ({ ...one, tariffName: tariff.name })),
    units,
    leases: leases.map((lease) => ({
      ...lease,
      startsOn: dayOf(lease.startsOn),
      endsOn: lease.endsOn && dayOf(lease.endsOn),
    })),
    tariffs,
    keys,
    ownMeters: new Set(own.map(({ meterNumber }) => meterNumber)),
    provedElsewhere: new Set(proved.map(({ meterNumber }) => meterNumber)),
  };
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

type Names = {
  readonly buildings: string[];
  readonly units: string[];
  readonly meters: string[];
};

function namesIn(sheet: { readonly rows: readonly SheetRow[]; readonly mapping: Mapping }): Names {
  const { rows, mapping } = sheet;
  const textsOf = (column: "building" | "unit" | "meter") => {
    const place = mapping.indexOf(column);
    const texts = place < 0 ? [] : rows.map(({ cells }) => cellText(cells[place] ?? ""));
    return [...new Set(texts)].filter((text) => text !== "");
  };
  const meters = textsOf("meter").flatMap((text) => {
    const parsed = parseMeterCell(text);
    return [...new Set([text.toUpperCase(), ...(parsed.ok ? [parsed.value] : [])])];
  });
  return { buildings: textsOf("building"), units: textsOf("unit"), meters };
}

async function unitsOf(tx: ScopedTx, buildingIds: readonly string[], labels: readonly string[]) {
  const { organizationId } = tx.scope;
  if (buildingIds.length === 0) return [];
  const found = await tx.db.unit.findMany({
    where: { organizationId, buildingId: { in: [...buildingIds] }, label: { in: [...labels] } },
    select: {
      id: true,
      buildingId: true,
      label: true,
      kind: true,
      floor: true,
      position: true,
      beds: { select: { id: true, label: true }, orderBy: { position: "asc" } },
      installations: {
        where: { endsAt: null, meter: { vendingKeyId: { not: null } } },
        select: { id: true },
        take: 1,
      },
    },
  });
  return found.map(({ installations, kind, ...unit }) => ({
    ...unit,
    kind: parseUnitKind(kind) ?? ("flat" satisfies UnitKind),
    isPrepaid: installations.length > 0,
  }));
}

async function tariffsAndKeys(tx: ScopedTx) {
  const { organizationId } = tx.scope;
  const tariffs = await tx.db.tariff.findMany({
    where: { organizationId },
    select: { id: true, name: true, currency: true },
    orderBy: { name: "asc" },
    take: 1_000,
  });
  const keys = await tx.db.vendingKey.findMany({
    where: { organizationId },
    select: { id: true, supplyGroupCode: true, keyRevisionNumber: true },
    take: 1_000,
  });
  return [tariffs, keys] as const;
}
