import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { addStaff, inScope, systemScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { createPerson } from "@/lib/identity";
import { recordReadings } from "@/lib/metering";
import { newId } from "@/lib/platform";
import { closePools } from "@/lib/platform/databases";
import { createMeter, createUnit, findBuilding, listBuildings, startLease } from "@/lib/property";
import { beginPurchase } from "@/prisma/seed/begun-purchase";
import { makeEmptyOrganization } from "@/prisma/seed/empty-organization";
import { freshMeterNumber, makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { SAMPLE_NAMES } from "../core/samples";
import { type RowCells, sheetOfRows } from "../core/sheet-row";
import { applyImport } from "./apply-import";
import { exportProperty } from "./export-property";
import { findSheetPage } from "./import-views";
import { correctRow, mapColumns, startImport, uploadSheet } from "./imports";
import { readSheet } from "./read-sheet";
import { sampleSheet } from "./samples";
import { undoImport } from "./undo-import";
import { writeSheet } from "./write-sheet";

const NOW = new Date("2026-06-10T09:00:00Z");
const LATER = new Date("2026-06-10T10:00:00Z");

const HOUSE = { building: "New Court", currency: "KES", timeZone: "Africa/Nairobi" } as const;
const GOOD: readonly RowCells[] = [
  {
    ...HOUSE,
    unit: "A-1",
    floor: "1",
    meter: freshMeterNumber(),
    reading: "12.5",
    quantity: "remaining",
    readAt: "2026-06-01",
    resident: "Jane Wambui",
    phone: "+254700000001",
    leaseFrom: "2026-02-01",
  },
  { ...HOUSE, unit: "A-2", floor: "1", meter: freshMeterNumber() },
  { ...HOUSE, unit: "R-1", floor: "2", bed: "A", resident: "Amina", leaseFrom: "2026-02-01" },
  { ...HOUSE, unit: "R-1", bed: "B", resident: "Grace", leaseFrom: "2026-03-01" },
  { ...HOUSE, unit: "R-1", bed: "C" },
];

/** The same rows with meters that nobody has. */
const fresh = (rows: readonly RowCells[] = GOOD) =>
  rows.map((row) => (row.meter ? { ...row, meter: freshMeterNumber() } : row));

async function upload(scope: OrgScope, rows: readonly (readonly string[])[]): Promise<string> {
  const bytes = writeSheet(rows, "csv");
  return granted(await uploadSheet(scope, { name: "houses.csv", bytes, now: NOW }));
}
const uploadRows = (scope: OrgScope, rows: readonly RowCells[]) => upload(scope, sheetOfRows(rows));

async function apply(scope: OrgScope, batchId: string, now = NOW) {
  granted(await startImport(scope, { batchId, now }));
  return applyImport(systemScope(scope.organizationId, "sweep: import.apply"), batchId, now);
}

async function pageOf(scope: OrgScope, batchId: string) {
  const asked = { batchId, onlyFaulty: true, skip: 0, take: 100, row: null };
  const page = await findSheetPage(scope, asked);
  if (!page) throw new Error("the import is there");
  const faults = page.rows.flatMap(({ number, faults: all }) =>
    all.map(({ column, code }) => `${number} ${column} ${code}`),
  );
  return { ...page.batch, faults };
}

/** How many rows there are of everything that a sheet makes. */
function countAll({ organizationId }: OrgScope) {
  return inScope(systemScope(organizationId, "test"), async (tx) => {
    const where = { organizationId };
    const of = {
      buildings: await tx.db.building.count({ where }),
      units: await tx.db.unit.count({ where }),
      beds: await tx.db.bed.count({ where }),
      meters: await tx.db.meter.count({ where }),
      installations: await tx.db.meterInstallation.count({ where }),
      residents: await tx.db.resident.count({ where }),
      leases: await tx.db.lease.count({ where }),
      occupancies: await tx.db.occupancy.count({ where }),
      wallets: await tx.db.wallet.count({ where }),
      readings: await tx.db.reading.count({ where }),
      contacts: await tx.db.leaseContact.count({ where: { belongsTo: organizationId } }),
      claims: await tx.db.meterDirectory.count({ where: { belongsTo: organizationId } }),
    };
    return of;
  });
}

let scope: OrgScope;
beforeEach(async () => {
  scope = await makeEmptyOrganization(NOW);
});
afterAll(closePools);

describe("a good sheet", () => {
  it("is judged and makes nothing, then makes all of it, and is undone to nothing", async () => {
    const before = await countAll(scope);
    const batchId = await uploadRows(scope, fresh());
    expect(await countAll(scope)).toEqual(before);
    expect((await pageOf(scope, batchId)).counts).toEqual({
      buildings: 1,
      units: 3,
      beds: 3,
      meters: 2,
      leases: 3,
      readings: 1,
    });
    expect(await apply(scope, batchId)).toBe("applied");
    expect(await countAll(scope)).toMatchObject({
      buildings: 1,
      units: 3,
      beds: 3,
      meters: 2,
      installations: 2,
      residents: 3,
      leases: 3,
      occupancies: 2,
      wallets: 2,
      readings: 1,
      contacts: 1,
      claims: 2,
    });
    expect((await undoImport(scope, { batchId, now: LATER })).ok).toBe(true);
    expect(await countAll(scope)).toEqual(before);
    expect((await pageOf(scope, batchId)).state).toBe("undone");
  });

  it("is carried out once, also when two start it and two workers take it", async () => {
    const batchId = await uploadRows(scope, fresh());
    const start = () => startImport(scope, { batchId, now: NOW });
    const started = await Promise.all([start(), start()]);
    expect(started.filter(({ ok }) => ok)).toHaveLength(1);
    const work = () => applyImport(systemScope(scope.organizationId, "test"), batchId, NOW);
    expect((await Promise.all([work(), work()])).sort()).toEqual(["applied", "nothing"]);
    expect((await countAll(scope)).units).toBe(3);
  });

  it("goes out as an export and comes in elsewhere as the same rows, in both forms", async () => {
    await apply(scope, await uploadRows(scope, fresh()));
    const out = await exportProperty(scope, LATER);
    for (const form of ["csv", "xlsx"] as const) {
      const read = readSheet(writeSheet(out, form));
      expect(
        read.ok && [read.value.headings, ...read.value.rows.map(({ cells }) => cells)],
      ).toEqual(out);
    }
    // Their numbers are ours, and in practice proved: elsewhere they are others.
    const place = out[0]?.indexOf("Meter number") ?? -1;
    const theirs = out.map((cells, row) =>
      cells.map((cell, at) => (row > 0 && at === place && cell ? freshMeterNumber() : cell)),
    );
    const elsewhere = await makeEmptyOrganization(NOW);
    expect(await apply(elsewhere, await upload(elsewhere, theirs))).toBe("applied");
    expect(await exportProperty(elsewhere, LATER)).toEqual(theirs);
  });

  it.each(SAMPLE_NAMES)("is what the sample %s is, sent back as it came", async (name) => {
    const batchId = await upload(scope, await sampleSheet(scope, name, NOW));
    expect((await pageOf(scope, batchId)).faults).toEqual([]);
    expect(await apply(scope, batchId)).toBe("applied");
  });

  it("adds to a building that is there", async () => {
    await apply(scope, await uploadRows(scope, fresh()));
    const more = [{ building: "New Court", unit: "A-9", floor: "9" }];
    expect(await apply(scope, await uploadRows(scope, more))).toBe("applied");
    expect(await countAll(scope)).toMatchObject({ buildings: 1, units: 4 });
  });
});

describe("a sheet at fault", () => {
  it("is not started, and half of it never stands", async () => {
    const batchId = await uploadRows(scope, [...fresh(), { ...HOUSE, unit: "A-1" }]);
    expect((await pageOf(scope, batchId)).faults).toEqual(["7 unit unit-twice"]);
    const started = await startImport(scope, { batchId, now: NOW });
    expect(started).toEqual({ ok: false, error: "rows-at-fault" });
    expect((await countAll(scope)).units).toBe(0);
  });

  it("is mended in its cell, and then it is carried out", async () => {
    const batchId = await uploadRows(scope, [{ ...HOUSE, unit: "A-1", floor: "ground" }]);
    expect((await pageOf(scope, batchId)).faults).toEqual(["2 floor not-a-whole-number"]);
    const place = sheetOfRows([])[0]?.indexOf("Floor") ?? 0;
    const cells = new Map([[place, "0"]]);
    granted(await correctRow(scope, { batchId, row: 2, cells, now: NOW }));
    expect((await pageOf(scope, batchId)).faults).toEqual([]);
    expect(await apply(scope, batchId)).toBe("applied");
  });

  it("with headings that nobody knows waits for somebody who says what they are", async () => {
    const batchId = await upload(scope, [
      ["Haus", "Wohnung", "Unit"],
      ["Acacia", "", "A-1"],
    ]);
    expect((await pageOf(scope, batchId)).state).toBe("uploaded");
    const change = { batchId, dayOrder: null, now: NOW };
    const twice = await mapColumns(scope, { ...change, mapping: ["unit", null, "unit"] });
    expect(twice).toEqual({ ok: false, error: "column-twice" });
    const missing = await mapColumns(scope, { ...change, mapping: [null, null, "unit"] });
    expect(missing).toEqual({ ok: false, error: "columns-missing" });
    granted(await mapColumns(scope, { ...change, mapping: ["building", null, "unit"] }));
    expect((await pageOf(scope, batchId)).faults).toContain("2 currency missing");
  });

  it("says which meter is here already, which is another's, and tells nobody whose", async () => {
    const elsewhere = await makeFlat(NOW);
    const own = freshMeterNumber();
    await apply(scope, await uploadRows(scope, [{ ...HOUSE, unit: "A-1", meter: own }]));
    const batchId = await uploadRows(scope, [
      { ...HOUSE, unit: "A-2", meter: own },
      { ...HOUSE, unit: "A-3", meter: elsewhere.meterNumber },
    ]);
    expect((await pageOf(scope, batchId)).faults).toEqual([
      "2 meter meter-on-record",
      "3 meter meter-elsewhere",
    ]);
  });

  it("is nothing to another organization: not seen, changed, started or undone", async () => {
    const batchId = await uploadRows(scope, fresh());
    const other = await makeEmptyOrganization(NOW);
    const asked = { batchId, onlyFaulty: false, skip: 0, take: 10, row: 2 };
    expect(await findSheetPage(other, asked)).toBeNull();
    const refusals = [
      await startImport(other, { batchId, now: NOW }),
      await correctRow(other, { batchId, row: 2, cells: new Map(), now: NOW }),
      await mapColumns(other, { batchId, mapping: [], dayOrder: null, now: NOW }),
    ];
    for (const refusal of refusals) {
      expect(refusal).toEqual({ ok: false, error: "import-not-found" });
    }
    expect(await undoImport(other, { batchId, now: NOW })).toEqual({
      ok: false,
      error: { code: "import-not-found" },
    });
    const bad = { batchId: "x' OR 1", now: NOW };
    expect(await startImport(scope, bad)).toEqual({ ok: false, error: "import-not-found" });
  });
});

describe("somebody who was faster", () => {
  it("with a unit sends the sheet back with its fault, and nothing of it stands", async () => {
    await apply(scope, await uploadRows(scope, [{ ...HOUSE, unit: "A-1" }]));
    const batchId = await uploadRows(scope, [
      { building: "New Court", unit: "A-5", floor: "5" },
      { building: "New Court", unit: "A-6", floor: "6" },
    ]);
    const [building] = await listBuildings(scope, { take: 1 });
    const place = { buildingId: building?.id ?? "", floor: 6, position: 1, now: NOW };
    await createUnit(scope, { ...place, label: "A-6" });
    expect(await apply(scope, batchId)).toBe("refused");
    expect(await pageOf(scope, batchId)).toMatchObject({
      state: "checked",
      faults: ["3 unit unit-on-record"],
    });
    expect((await countAll(scope)).units).toBe(2);
  });

  it("of two sheets with the same meter makes one and sends the other back", async () => {
    const meter = freshMeterNumber();
    const one = await uploadRows(scope, [{ ...HOUSE, unit: "A-1", meter }]);
    const other = await uploadRows(scope, [{ ...HOUSE, building: "Yard", unit: "B-1", meter }]);
    const outcomes = await Promise.all([apply(scope, one), apply(scope, other)]);
    expect(outcomes.sort()).toEqual(["applied", "refused"]);
    expect(await countAll(scope)).toMatchObject({ buildings: 1, units: 1, meters: 1, claims: 1 });
  });
});

describe("an import that is taken out again", () => {
  async function applied() {
    const rows = fresh();
    const batchId = await uploadRows(scope, rows);
    await apply(scope, batchId);
    const [listed] = await listBuildings(scope, { take: 1 });
    const building = await findBuilding(scope, listed?.id ?? "", LATER);
    return { batchId, rows, units: building?.units ?? [] };
  }
  const undo = (batchId: string) => undoImport(scope, { batchId, now: LATER });

  it("says what stands in the way, and takes nothing: a lease that was signed since", async () => {
    const { batchId, units } = await applied();
    const unitId = units.find(({ label }) => label === "A-2")?.id ?? "";
    const lease = { unitId, residentName: "Late", startsOn: "2026-06-01", now: LATER };
    granted(await startLease(scope, lease));
    const before = await countAll(scope);
    expect(await undo(batchId)).toEqual({
      ok: false,
      error: { code: "in-use", obstacles: { leases: 1 } },
    });
    expect(await countAll(scope)).toEqual(before);
    expect((await pageOf(scope, batchId)).state).toBe("applied");
  });

  it("says what stands in the way: a reading that was typed since", async () => {
    const { batchId, rows } = await applied();
    const meterNumber = rows[1]?.meter ?? "";
    const { organizationId } = scope;
    const meter = await inScope(scope, (tx) =>
      tx.db.meter.findFirstOrThrow({ where: { organizationId, meterNumber } }),
    );
    const reading = { meterId: meter.id, quantity: "register", at: NOW, value: 5n } as const;
    granted(await recordReadings(scope, [reading], LATER));
    expect(await undo(batchId)).toMatchObject({ error: { obstacles: { readings: 1 } } });
  });

  it("says what stands in the way: a purchase that somebody began", async () => {
    const { batchId } = await applied();
    await beginPurchase(scope, { unit: "A-1", now: LATER });
    expect(await undo(batchId)).toEqual({
      ok: false,
      error: { code: "in-use", obstacles: { sales: 1 } },
    });
    expect((await countAll(scope)).units).toBe(3);
  });

  it("is kept by what nobody thought of: a role that is limited to its building", async () => {
    const { batchId } = await applied();
    const [building] = await listBuildings(scope, { take: 1 });
    const userId = await createPerson({
      name: "Chris Caretaker",
      email: `${newId()}@example.org`,
      password: newId(),
      now: NOW,
    });
    const buildingIds = [building?.id ?? ""];
    const member = { userId, role: "caretaker", slug: `limited-${userId}`, buildingIds } as const;
    await addStaff(scope.organizationId, { ...member, now: NOW });
    const before = await countAll(scope);
    expect(await undo(batchId)).toMatchObject({ error: { obstacles: { others: 1 } } });
    expect(await countAll(scope)).toEqual(before);
    expect((await pageOf(scope, batchId)).state).toBe("applied");
  });

  it("is taken out once, also when two ask", async () => {
    const { batchId } = await applied();
    const both = await Promise.all([undo(batchId), undo(batchId)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: "not-applied" } });
  });

  it("is not undone before it is applied", async () => {
    const batchId = await uploadRows(scope, fresh());
    expect(await undo(batchId)).toEqual({ ok: false, error: { code: "not-applied" } });
  });

  it("gives a number free that another organization claims too, and theirs goes on", async () => {
    const theirs = await makeFlat(NOW);
    const meterNumber = freshMeterNumber();
    const { vendingKeyId } = theirs;
    const claim = {
      meterNumber,
      vendingKeyId,
      tariffIndex: 1,
      state: "claimed",
      now: NOW,
    } as const;
    granted(await createMeter(theirs.scope, claim));
    const batchId = await uploadRows(scope, [{ ...HOUSE, unit: "A-1", meter: meterNumber }]);
    await apply(scope, batchId);
    const states = () =>
      inScope(scope, async (tx) => {
        const rows = await tx.db.meterDirectory.findMany({ where: { meterNumber } });
        return rows.map(({ state }) => state);
      });
    expect(await states()).toEqual(["contested", "contested"]);
    granted(await undo(batchId));
    expect(await states()).toEqual(["claimed"]);
  });
});
