import type { RowCells } from "./sheet-row";

export const SAMPLE_NAMES = ["apartments", "mixed", "dormitory"] as const;
export type SampleName = (typeof SAMPLE_NAMES)[number];

/** Null for a word that is no sample. */
export function parseSampleName(text: string): SampleName | null {
  return SAMPLE_NAMES.find((name) => name === text) ?? null;
}

/**
 * What a sample takes from the organization that downloads it, so that it can be sent back as is.
 */
export type SampleSetting = {
  readonly currency: string;
  readonly timeZone: string;
  readonly locale: string;
  /** A tariff in that currency; "" where there is none yet. */
  readonly tariff: string;
  /** Whether there is a vending key; without one the sample's meters are only read. */
  readonly supplyGroup: string;
  /** Prepayment meter numbers that nobody has: made from the organization, with check digits. */
  readonly meterNumber: (place: number) => string;
  /** The first of this month, "YYYY-MM-DD". */
  readonly month: string;
};

/** A few rows of each kind of house, as they would be filled in. */
export function sampleRows(name: SampleName, setting: SampleSetting): readonly RowCells[] {
  switch (name) {
    case "apartments":
      return apartments(setting);
    case "mixed":
      return mixed(setting);
    case "dormitory":
      return dormitory(setting);
  }
}

function houseOf(building: string, address: string, setting: SampleSetting): RowCells {
  const { currency, timeZone, locale, tariff } = setting;
  return { building, address, currency, timeZone, locale, tariff };
}

function prepaid(place: number, setting: SampleSetting, reading = ""): RowCells {
  const read = reading ? { reading, quantity: "remaining", readAt: setting.month } : {};
  if (setting.supplyGroup === "") {
    const shown = reading ? { reading, quantity: "register", readAt: setting.month } : {};
    return { meter: `SAMPLE-${place}`, resource: "electricity", meterKind: "read", ...shown };
  }
  return {
    meter: setting.meterNumber(place),
    resource: "electricity",
    meterKind: "prepaid",
    supplyGroup: setting.supplyGroup,
    tariffIndex: "1",
    ...read,
  };
}

function apartments(setting: SampleSetting): readonly RowCells[] {
  const house = houseOf("Sample Court", "12 Sample Road", setting);
  const flat = (unit: string, floor: string, position: string): RowCells => ({
    ...house,
    unit,
    kind: "flat",
    floor,
    position,
  });
  const since = { leaseFrom: setting.month };
  return [
    {
      ...flat("A-101", "1", "1"),
      ...prepaid(1, setting, "31.5"),
      resident: "Jane Wambui",
      phone: "+254700000001",
      email: "jane@example.org",
      ...since,
    },
    { ...flat("A-102", "1", "2"), ...prepaid(2, setting), resident: "Peter Otieno", ...since },
    { ...flat("A-201", "2", "1"), ...prepaid(3, setting), resident: "ليلى حداد", ...since },
    { ...flat("A-202", "2", "2"), ...prepaid(4, setting) },
    { ...house, unit: "Stairs", kind: "common", floor: "0", ...readMeter("SAMPLE-ST1", setting) },
  ];
}

function readMeter(meter: string, { month }: SampleSetting, resource = "electricity"): RowCells {
  const shown = { reading: "1204.5", quantity: "register", readAt: month };
  return { meter, resource, meterKind: "read", ...shown };
}

function mixed(setting: SampleSetting): readonly RowCells[] {
  const house = houseOf("Sample House", "3 Market Street", setting);
  const since = { leaseFrom: setting.month };
  const shop: RowCells = { ...house, unit: "Shop 1", kind: "shop", floor: "0", position: "1" };
  const flat: RowCells = { ...house, unit: "1A", kind: "flat", floor: "1", position: "1" };
  return [
    {
      ...shop,
      ...prepaid(11, setting),
      resident: "Corner Bakery",
      phone: "+254700000011",
      ...since,
    },
    { ...shop, ...readMeter("SAMPLE-W1", setting, "water") },
    { ...flat, ...prepaid(12, setting, "12"), resident: "Thabo Nkosi", ...since },
    { ...flat, ...readMeter("SAMPLE-G1", setting, "gas") },
    { ...house, unit: "1B", kind: "flat", floor: "1", position: "2", ...prepaid(13, setting) },
  ];
}

function dormitory(setting: SampleSetting): readonly RowCells[] {
  const house = houseOf("Sample Hall", "1 Campus Way", setting);
  const room = (unit: string, bed: string): RowCells => ({
    ...house,
    unit,
    kind: "room",
    floor: "1",
    position: unit.slice(-1),
    bed,
  });
  const since = { leaseFrom: setting.month };
  return [
    { ...room("R-101", "A"), ...prepaid(21, setting), resident: "Amina Yusuf", ...since },
    { ...room("R-101", "B"), resident: "Grace Achieng", email: "grace@example.org", ...since },
    { ...room("R-101", "C") },
    { ...room("R-102", "A"), ...prepaid(22, setting), resident: "Chipo Banda", ...since },
    { ...room("R-102", "B") },
    { ...house, unit: "Intake", kind: "intake", floor: "0", ...readMeter("SAMPLE-S1", setting) },
  ];
}

/** What stands on a sample's second sheet, and above the list of columns on the page. */
export const SAMPLE_NOTES: readonly string[] = [
  "One row for each unit, or for each bed, lease or meter of a unit that has several.",
  "Needed in every row: Building and Unit. A new building needs its currency and time zone once.",
  "Currency: three letters, such as KES. Time zone: such as Africa/Nairobi.",
  "Language: how money and dates are written there, such as en-KE.",
  "Tariff: its name in Voltlet. It may stay empty where there is one in the building's currency.",
  "Kind: flat, room, shop (these are let), common, intake (where the building's supply comes in).",
  "Floor: 0 is the ground floor. Position: from the left, as the building is drawn.",
  "Bed: in a dormitory, one row for each bed of the room.",
  "Meter number: as on the meter. Write it as text, so that no zero in front is lost.",
  "Resource: electricity, water, gas. Meter kind: prepaid, or read where nothing is sold on it.",
  "Supply group: of a prepayment meter, such as 600727 or 600727/2. Tariff index: 0 to 99.",
  "Phone: with its country, such as +254712345678.",
  "Days: 2026-03-31. Lease to is the last day; empty while somebody lives there.",
  "Opening reading: kWh, or cubic metres of water and gas. Reading shows: register or remaining.",
];
