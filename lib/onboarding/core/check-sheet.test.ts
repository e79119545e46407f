import { describe, expect, it } from "vitest";
import { parseMeterNumber } from "@/lib/sts/shared";
import { checkSheet } from "./check-sheet";
import type { ColumnName } from "./columns";
import type { KnownProperty } from "./known-property";
import type { RowCells } from "./sheet-row";

const NOW = new Date("2026-06-10T09:00:00Z");
const NOTHING: KnownProperty = {
  buildings: [],
  units: [],
  leases: [],
  tariffs: [{ id: "t1", name: "Flat rate", currency: "KES" }],
  keys: [{ id: "k1", supplyGroupCode: "600727", keyRevisionNumber: 1 }],
  ownMeters: new Set(),
  provedElsewhere: new Set(),
};
const KNOWN: KnownProperty = {
  ...NOTHING,
  buildings: [
    {
      id: "b1",
      name: "Acacia Court",
      address: "Ngong Road",
      currency: "KES",
      timeZone: "Africa/Nairobi",
      locale: "en-KE",
      tariffName: "Flat rate",
    },
  ],
  units: [
    {
      id: "u1",
      buildingId: "b1",
      label: "B-204",
      kind: "flat",
      floor: 2,
      position: 4,
      beds: [],
      isPrepaid: true,
    },
  ],
  leases: [{ unitId: "u1", bedId: null, startsOn: "2026-01-01", endsOn: null }],
};
const CALENDAR = {
  startOfDay: (day: string) => new Date(`${day}T00:00:00Z`),
  instantOf: (time: string) => new Date(`${time}:00Z`),
};

/** The number of a serial with its check digit. */
const meterOf = (serial: number) =>
  [..."0123456789"]
    .map((digit) => `${String(serial).padStart(10, "0")}${digit}`)
    .find((number) => parseMeterNumber(number).ok) ?? "";

const HOUSE = {
  building: "New Court",
  currency: "KES",
  timeZone: "Africa/Nairobi",
  unit: "A-1",
  floor: "1",
} as const;
const LET = { resident: "Jane Wambui", leaseFrom: "2026-02-01" } as const;

function check(rows: readonly RowCells[], known: KnownProperty = NOTHING) {
  const mapping = [...new Set(rows.flatMap((row) => Object.keys(row) as ColumnName[]))];
  const sheet = rows.map((row, place) => ({
    number: place + 2,
    cells: mapping.map((column) => row[column] ?? ""),
    marks: {},
  }));
  return checkSheet(
    { rows: sheet, mapping, dayOrder: null },
    { known, calendar: CALENDAR, now: NOW },
  );
}

/** Every fault as "row column code". */
const faultsOf = (rows: readonly RowCells[], known?: KnownProperty) =>
  [...check(rows, known).faults].flatMap(([row, faults]) =>
    faults.map(
      ({ column, code, row: other }) => `${row} ${column} ${code}${other ? ` ${other}` : ""}`,
    ),
  );

describe("a good sheet", () => {
  it("makes buildings, units, meters, leases and occupancies, each once", () => {
    const { faults, plan } = check([
      { ...HOUSE, ...LET, meter: meterOf(1), reading: "12.5", readAt: "2026-06-01" },
      { ...HOUSE, unit: "A-2", meter: "W-1", resource: "water" },
      { ...HOUSE, unit: "A-2", resident: "Peter Otieno", leaseFrom: "2026-03-01" },
    ]);
    expect([...faults]).toEqual([]);
    expect(plan.buildings.map(({ name }) => name)).toEqual(["New Court"]);
    expect(plan.units.map(({ label, position }) => [label, position])).toEqual([
      ["A-1", 1],
      ["A-2", 2],
    ]);
    expect(plan.meters.map(({ vendingKeyId }) => vendingKeyId)).toEqual(["k1", null]);
    expect(plan.meters[0]?.reading?.value).toBe(12_500n);
    expect(plan.leases).toHaveLength(2);
    expect(plan.occupancies).toHaveLength(2);
  });

  it("may name people with 80 characters, and from right to left", () => {
    expect(faultsOf([{ ...HOUSE, ...LET, resident: "ل".repeat(80) }])).toEqual([]);
    expect(faultsOf([{ ...HOUSE, ...LET, resident: "𝒥".repeat(80) }])).toEqual([]);
    expect(faultsOf([{ ...HOUSE, ...LET, resident: "ل".repeat(81) }])).toEqual([
      "2 resident too-long",
    ]);
  });

  it("lets one after another into a unit, and each begins an occupancy of their own", () => {
    const { faults, plan } = check([
      { ...HOUSE, ...LET, leaseTo: "2026-03-31" },
      { ...HOUSE, resident: "Peter Otieno", leaseFrom: "2026-04-01" },
    ]);
    expect([...faults]).toEqual([]);
    expect(plan.occupancies.map(({ endsAt }) => endsAt?.toISOString() ?? null)).toEqual([
      "2026-04-01T00:00:00.000Z",
      null,
    ]);
  });

  it("lets beds of a room, who share an occupancy", () => {
    const room = { ...HOUSE, unit: "R-1" };
    const { faults, plan } = check([
      { ...room, ...LET, bed: "A" },
      { ...room, bed: "B", resident: "Grace", leaseFrom: "2026-03-01" },
      { ...room, bed: "C" },
    ]);
    expect([...faults]).toEqual([]);
    expect(plan.units.map(({ kind }) => kind)).toEqual(["room"]);
    expect(plan.beds.map(({ label, position }) => [label, position])).toEqual([
      ["A", 1],
      ["B", 2],
      ["C", 3],
    ]);
    expect(plan.occupancies).toHaveLength(1);
  });

  it("adds to what is on record without saying it again", () => {
    const { faults, plan } = check(
      [
        { building: "Acacia Court", unit: "B-205" },
        { building: "Acacia Court", unit: "B-206" },
      ],
      KNOWN,
    );
    expect([...faults]).toEqual([]);
    expect(plan.buildings).toEqual([]);
    expect(plan.units[0]?.building).toEqual({ id: "b1" });
  });
});

describe("a row at fault", () => {
  it.each<[string, RowCells]>([
    ["2 building missing", { ...HOUSE, building: "" }],
    ["2 unit missing", { ...HOUSE, unit: "" }],
    ["2 currency unknown-currency", { ...HOUSE, currency: "XYZ" }],
    ["2 currency missing", { ...HOUSE, currency: "" }],
    ["2 timeZone unknown-zone", { ...HOUSE, timeZone: "Nairobi" }],
    ["2 timeZone unknown-zone", { ...HOUSE, timeZone: "+03:00" }],
    ["2 locale unknown-language", { ...HOUSE, locale: "english" }],
    ["2 tariff unknown-tariff", { ...HOUSE, tariff: "Cheap" }],
    ["2 tariff no-tariff", { ...HOUSE, currency: "ZAR" }],
    ["2 tariff tariff-currency", { ...HOUSE, currency: "ZAR", tariff: "Flat rate" }],
    ["2 kind unknown-kind", { ...HOUSE, kind: "castle" }],
    ["2 floor not-a-whole-number", { ...HOUSE, floor: "ground" }],
    ["2 meter check-digit", { ...HOUSE, meter: "01000451287" }],
    ["2 meter not-a-meter", { ...HOUSE, meter: "0100" }],
    ["2 resource unknown-resource", { ...HOUSE, meter: meterOf(1), resource: "steam" }],
    ["2 meterKind unknown-meter-kind", { ...HOUSE, meter: meterOf(1), meterKind: "smart" }],
    [
      "2 resource prepaid-electricity",
      { ...HOUSE, meter: meterOf(1), resource: "water", meterKind: "prepaid" },
    ],
    ["2 supplyGroup unknown-key", { ...HOUSE, meter: meterOf(1), supplyGroup: "123456" }],
    [
      "2 supplyGroup read-only-key",
      { ...HOUSE, meter: "W-1", meterKind: "read", supplyGroup: "1" },
    ],
    ["2 tariffIndex not-a-tariff-index", { ...HOUSE, meter: meterOf(1), tariffIndex: "100" }],
    ["2 meter needs-meter", { ...HOUSE, reading: "5" }],
    ["2 resident needs-resident", { ...HOUSE, leaseFrom: "2026-01-01" }],
    ["2 leaseFrom missing", { ...HOUSE, resident: "Jane" }],
    ["2 phone not-a-phone", { ...HOUSE, ...LET, phone: "0712 345" }],
    ["2 email not-an-email", { ...HOUSE, ...LET, email: "jane@" }],
    ["2 leaseFrom ambiguous-day", { ...HOUSE, ...LET, leaseFrom: "03/04/2026" }],
    ["2 leaseFrom not-a-day", { ...HOUSE, ...LET, leaseFrom: "30/02/2026" }],
    ["2 leaseTo ends-before-start", { ...HOUSE, ...LET, leaseTo: "2026-01-31" }],
    ["2 resident not-let", { ...HOUSE, ...LET, kind: "common" }],
    ["2 reading not-a-reading", { ...HOUSE, meter: meterOf(1), reading: "-1" }],
    [
      "2 quantity unknown-quantity",
      { ...HOUSE, meter: meterOf(1), reading: "1", quantity: "left" },
    ],
    ["2 readAt in-the-future", { ...HOUSE, meter: meterOf(1), reading: "1", readAt: "2026-06-11" }],
    ["2 readAt too-long-ago", { ...HOUSE, meter: meterOf(1), reading: "1", readAt: "2020-01-01" }],
    ["2 reading needs-reading", { ...HOUSE, meter: meterOf(1), readAt: "2026-06-01" }],
  ])("is named by its cell: %s", (fault, row) => {
    expect(faultsOf([row])).toEqual([fault]);
  });

  it("has one fault where a cell could not be read, and not what follows from it", () => {
    const row = { number: 2, cells: ["New Court", ""], marks: { "1": "formula" as const } };
    const checked = checkSheet(
      { rows: [row], mapping: ["building", "unit"], dayOrder: null },
      { known: KNOWN, calendar: CALENDAR, now: NOW },
    );
    expect(checked.faults.get(2)?.map(({ code }) => code)).toContain("formula");
    expect(checked.faults.get(2)?.filter(({ column }) => column === "unit")).toHaveLength(1);
  });
});

describe("rows beside each other", () => {
  it.each<[string, RowCells, RowCells]>([
    ["3 currency differs 2", HOUSE, { ...HOUSE, unit: "A-2", currency: "ZAR" }],
    ["3 floor differs 2", HOUSE, { ...HOUSE, ...LET, floor: "2" }],
    ["3 unit unit-twice 2", HOUSE, HOUSE],
    ["3 bed unit-twice 2", { ...HOUSE, bed: "A" }, { ...HOUSE, bed: "A" }],
    [
      "3 meter meter-twice 2",
      { ...HOUSE, meter: meterOf(1) },
      { ...HOUSE, unit: "A-2", meter: meterOf(1) },
    ],
    ["3 meter two-prepaid 2", { ...HOUSE, meter: meterOf(1) }, { ...HOUSE, meter: meterOf(2) }],
    ["3 leaseFrom overlap 2", { ...HOUSE, ...LET }, { ...HOUSE, ...LET, resident: "Peter" }],
    [
      "2 leaseFrom overlap 3",
      { ...HOUSE, ...LET, leaseFrom: "2026-04-01" },
      { ...HOUSE, ...LET, resident: "Peter" },
    ],
    ["3 bed whole-and-beds 2", { ...HOUSE, ...LET }, { ...HOUSE, ...LET, bed: "A" }],
  ])("name the later: %s", (fault, one, other) => {
    expect(faultsOf([one, other])).toEqual([fault]);
  });
});

describe("rows beside what is on record", () => {
  const OLD = { building: "Acacia Court", unit: "B-204" } as const;

  it.each<[string, RowCells]>([
    ["2 unit unit-on-record", OLD],
    ["2 leaseFrom overlap-on-record", { ...OLD, ...LET }],
    ["2 bed whole-and-beds", { ...OLD, ...LET, bed: "A" }],
    ["2 meter prepaid-on-record", { ...OLD, meter: meterOf(1) }],
    ["2 currency differs-on-record", { ...OLD, meter: "W-1", meterKind: "read", currency: "ZAR" }],
    ["2 floor differs-on-record", { ...OLD, meter: "W-1", meterKind: "read", floor: "3" }],
  ])("say so: %s", (fault, row) => {
    expect(faultsOf([row], KNOWN)).toEqual([fault]);
  });

  it("say that a meter is there already, or is somebody else's, without telling whose", () => {
    const row = { ...HOUSE, meter: meterOf(7) };
    expect(faultsOf([row], { ...NOTHING, ownMeters: new Set([meterOf(7)]) })).toEqual([
      "2 meter meter-on-record",
    ]);
    expect(faultsOf([row], { ...NOTHING, provedElsewhere: new Set([meterOf(7)]) })).toEqual([
      "2 meter meter-elsewhere",
    ]);
  });

  it("ask for a key or a tariff where there is none, or more than one", () => {
    const row = { ...HOUSE, meter: meterOf(7) };
    const other = { id: "k2", supplyGroupCode: "600101", keyRevisionNumber: 1 };
    expect(faultsOf([row], { ...NOTHING, keys: [] })).toEqual(["2 supplyGroup no-key"]);
    const two = { ...NOTHING, keys: [...NOTHING.keys, other] };
    expect(faultsOf([row], two)).toEqual(["2 supplyGroup which-key"]);
    const tariffs = [...NOTHING.tariffs, { id: "t2", name: "Night", currency: "KES" }];
    expect(faultsOf([HOUSE], { ...NOTHING, tariffs })).toEqual(["2 tariff which-tariff"]);
  });
});
