import { parseCurrencyCode } from "@/lib/money";
import {
  dayAfter,
  parseResidentContact,
  parseResource,
  type Resource,
} from "@/lib/property/shared";
import {
  cellText,
  type DayOrder,
  parseMeterCell,
  parseReadingCell,
  parseReadMeterCell,
  parseSheetDay,
  parseSheetTime,
  parseWhole,
} from "./cell-values";
import { COLUMNS, type ColumnName, KIND_WORDS, type Mapping } from "./columns";
import type { Fault, FaultCode, SheetRow } from "./sheet";

/** What one row says, as far as it can be read by itself; null for a cell that says nothing. */
export type Entry = {
  readonly row: number;
  readonly cells: Readonly<Record<ColumnName, string>>;
  readonly kind: string | null;
  readonly floor: number | null;
  readonly position: number | null;
  readonly meter: EntryMeter | null;
  readonly lease: EntryLease | null;
  readonly reading: EntryReading | null;
  readonly faults: Fault[];
};

export type EntryMeter = {
  readonly number: string;
  readonly resource: Resource;
  readonly isPrepaid: boolean;
  readonly tariffIndex: number;
};
export type EntryLease = {
  readonly resident: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly startsOn: string;
  /** The first day no longer held; null for a lease without an end. */
  readonly endsOn: string | null;
};
export type EntryReading = {
  readonly value: bigint;
  readonly quantity: "register" | "remaining";
  /** Civil time of the building; null for the moment of the import. */
  readonly readAt: string | null;
};

const LONGEST: Readonly<Partial<Record<ColumnName, number>>> = {
  building: 80,
  address: 200,
  unit: 40,
  bed: 40,
  resident: 80,
  tariff: 120,
};

type Refuse = (column: ColumnName, code: FaultCode, hint?: string) => null;

/** Reads a row by itself: every cell that can be wrong on its own is judged here. */
export function readRow(row: SheetRow, mapping: Mapping, order: DayOrder | null): Entry {
  const faults: Fault[] = [];
  const refuse: Refuse = (column, code, hint) => {
    faults.push({ column, code, ...(hint === undefined ? {} : { hint }) });
    return null;
  };
  const cells = cellsOf(row, mapping, refuse);
  const meter = meterOf(cells, refuse);
  const entry = {
    row: row.number,
    cells,
    kind: kindOf(cells.kind, refuse),
    floor: wholeOf("floor", cells, refuse),
    position: wholeOf("position", cells, refuse),
    meter,
    lease: leaseOf(cells, { order, refuse }),
    reading: readingOf(cells, { meter, order, refuse }),
    faults,
  };
  const marked = new Set(faults.filter(isUnread).map(({ column }) => column));
  // A cell that could not be read at all has that one fault, and not what follows from it.
  return { ...entry, faults: faults.filter((one) => isUnread(one) || !marked.has(one.column)) };
}

const isUnread = ({ code }: Fault) => code === "formula" || code === "error-value";

function cellsOf(row: SheetRow, mapping: Mapping, refuse: Refuse): Record<ColumnName, string> {
  const none = COLUMNS.map(({ name }) => [name, ""] as const);
  const all = Object.fromEntries(none) as Record<ColumnName, string>;
  for (const [place, column] of mapping.entries()) {
    if (column === null) continue;
    const text = cellText(row.cells[place] ?? "");
    all[column] = text;
    const mark = row.marks[String(place)];
    if (mark) refuse(column, mark);
    else if ([...text].length > (LONGEST[column] ?? 100)) refuse(column, "too-long");
  }
  for (const column of ["building", "unit"] as const) {
    if (all[column] === "") refuse(column, "missing");
  }
  if (all.currency !== "" && !parseCurrencyCode(all.currency.toUpperCase()).ok) {
    refuse("currency", "unknown-currency");
  }
  if (all.timeZone !== "" && !isZone(all.timeZone)) refuse("timeZone", "unknown-zone");
  if (all.locale !== "" && !isLocale(all.locale)) refuse("locale", "unknown-language");
  return all;
}

function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return /^[A-Za-z]/.test(text);
  } catch {
    return false;
  }
}

function isLocale(text: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(text).length > 0;
  } catch {
    return false;
  }
}

function kindOf(text: string, refuse: Refuse): string | null {
  if (text === "") return null;
  return KIND_WORDS[text.toLowerCase()] ?? refuse("kind", "unknown-kind");
}

function wholeOf(
  column: "floor" | "position",
  cells: Readonly<Record<ColumnName, string>>,
  refuse: Refuse,
): number | null {
  if (cells[column] === "") return null;
  const parsed = parseWhole(cells[column]);
  return parsed.ok ? parsed.value : refuse(column, parsed.error);
}

const OF_METER = ["resource", "meterKind", "supplyGroup", "tariffIndex"] as const;

function meterOf(cells: Readonly<Record<ColumnName, string>>, refuse: Refuse): EntryMeter | null {
  if (cells.meter === "") {
    const said = (["reading", ...OF_METER] as const).find((column) => cells[column] !== "");
    return said ? refuse("meter", "needs-meter") : null;
  }
  const resource = cells.resource === "" ? "electricity" : parseResource(lower(cells.resource));
  if (resource === null) return refuse("resource", "unknown-resource");
  const isPrepaid = prepaidOf(cells.meterKind, resource, refuse);
  if (isPrepaid === null) return null;
  if (!isPrepaid) {
    const number = parseReadMeterCell(cells.meter);
    for (const column of ["supplyGroup", "tariffIndex"] as const) {
      if (cells[column] !== "") return refuse(column, "read-only-key");
    }
    if (!number.ok) return refuse("meter", number.error);
    return { number: number.value, resource, isPrepaid, tariffIndex: 0 };
  }
  const number = parseMeterCell(cells.meter);
  if (!number.ok) {
    const { error } = number;
    return refuse("meter", error.code, "hint" in error ? error.hint : undefined);
  }
  const indexText = cells.tariffIndex === "" ? "1" : cells.tariffIndex;
  if (!/^\d{1,2}$/.test(indexText)) return refuse("tariffIndex", "not-a-tariff-index");
  return { number: number.value, resource, isPrepaid, tariffIndex: Number(indexText) };
}

const lower = (text: string) => text.toLowerCase();

/** Water and gas are read; electricity is prepaid where nothing is said. */
function prepaidOf(text: string, resource: Resource, refuse: Refuse): boolean | null {
  const word = lower(text);
  const isPrepaid = word === "" ? resource === "electricity" : /^(?:prepaid|sts)$/.test(word);
  if (word !== "" && !isPrepaid && !/^(?:read|read-only|postpaid)$/.test(word)) {
    return refuse("meterKind", "unknown-meter-kind");
  }
  if (isPrepaid && resource !== "electricity") return refuse("resource", "prepaid-electricity");
  return isPrepaid;
}

function leaseOf(
  cells: Readonly<Record<ColumnName, string>>,
  { order, refuse }: { readonly order: DayOrder | null; readonly refuse: Refuse },
): EntryLease | null {
  const { resident, leaseFrom, leaseTo } = cells;
  if (resident === "") {
    const said = (["phone", "email", "leaseFrom", "leaseTo"] as const).find((one) => cells[one]);
    return said ? refuse("resident", "needs-resident") : null;
  }
  const contact = parseResidentContact(cells);
  if (!contact.ok) {
    if (contact.error.phone) refuse("phone", "not-a-phone");
    if (contact.error.email) refuse("email", "not-an-email");
  }
  if (leaseFrom === "") return refuse("leaseFrom", "missing");
  const from = parseSheetDay(leaseFrom, order);
  const to = leaseTo === "" ? null : parseSheetDay(leaseTo, order);
  if (!from.ok) refuse("leaseFrom", from.error);
  if (to && !to.ok) refuse("leaseTo", to.error);
  if (!from.ok || (to && !to.ok) || !contact.ok) return null;
  if (to && to.value < from.value) return refuse("leaseTo", "ends-before-start");
  const endsOn = to === null ? null : dayAfter(to.value);
  return { resident, ...contact.value, startsOn: from.value, endsOn };
}

function readingOf(
  cells: Readonly<Record<ColumnName, string>>,
  context: {
    readonly meter: EntryMeter | null;
    readonly order: DayOrder | null;
    readonly refuse: Refuse;
  },
): EntryReading | null {
  const { meter, order, refuse } = context;
  const word = lower(cells.quantity);
  const quantity = word === "" || word === "register" ? "register" : word;
  if (quantity !== "register" && quantity !== "remaining") {
    return refuse("quantity", "unknown-quantity");
  }
  if (cells.reading === "") return cells.readAt === "" ? null : refuse("reading", "needs-reading");
  const value = parseReadingCell(cells.reading);
  if (!value.ok) refuse("reading", value.error);
  const readAt = cells.readAt === "" ? null : parseSheetTime(cells.readAt, order);
  if (readAt && !readAt.ok) refuse("readAt", readAt.error);
  if (quantity === "remaining" && meter && !meter.isPrepaid) {
    return refuse("quantity", "remaining-prepaid");
  }
  if (!value.ok || (readAt && !readAt.ok)) return null;
  return { value: value.value, quantity, readAt: readAt?.value ?? null };
}
