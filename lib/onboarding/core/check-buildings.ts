import { parseCurrencyCode } from "@/lib/money";
import type { ColumnName } from "./columns";
import type { KnownBuilding, KnownProperty } from "./known-property";
import type { PlannedBuilding, Ref } from "./plan";
import type { Entry } from "./read-row";
import type { FaultCode } from "./sheet";

export type CheckedBuilding = {
  readonly ref: Ref;
  readonly knownId: string | null;
  readonly currency: string;
  readonly timeZone: string;
  /** Null for one that is on record. */
  readonly planned: PlannedBuilding | null;
};

const OF_BUILDING = ["address", "currency", "timeZone", "locale", "tariff"] as const;

/** Notes that a cell is at fault. */
export function blame(
  entry: Entry,
  column: ColumnName,
  code: FaultCode,
  about: { readonly row?: number; readonly hint?: string } = {},
): void {
  const isKnown = entry.faults.some((fault) => fault.column === column);
  if (!isKnown) entry.faults.push({ column, code, ...about });
}

/**
 * Each building of the sheet by its name. What its rows say of it must be the same in all; a row
 * may leave it out that another says.
 */
export function checkBuildings(
  entries: readonly Entry[],
  known: KnownProperty,
): ReadonlyMap<string, CheckedBuilding> {
  const onRecord = new Map(known.buildings.map((building) => [building.name, building]));
  const byName = Map.groupBy(entries, ({ cells }) => cells.building);
  byName.delete("");
  const checked = new Map<string, CheckedBuilding>();
  for (const [name, rows] of byName) {
    const said = agreedOf(rows);
    const standing = onRecord.get(name);
    checked.set(
      name,
      standing ? besideRecord(rows, standing) : newBuilding(name, { rows, said, known }),
    );
  }
  return checked;
}

type Said = Readonly<Partial<Record<(typeof OF_BUILDING)[number], { text: string; entry: Entry }>>>;

function agreedOf(rows: readonly Entry[]): Said {
  const said: Partial<Record<(typeof OF_BUILDING)[number], { text: string; entry: Entry }>> = {};
  for (const entry of rows) {
    for (const column of OF_BUILDING) {
      const text = entry.cells[column];
      if (text === "") continue;
      const first = said[column];
      if (!first) said[column] = { text, entry };
      else if (first.text !== text) blame(entry, column, "differs", { row: first.entry.row });
    }
  }
  return said;
}

function besideRecord(rows: readonly Entry[], standing: KnownBuilding): CheckedBuilding {
  const { id, currency, timeZone, locale, address, tariffName } = standing;
  const record = { address, currency, timeZone, locale, tariff: tariffName };
  for (const entry of rows) {
    for (const column of OF_BUILDING) {
      const text = entry.cells[column];
      if (text === "" || text === record[column]) continue;
      blame(entry, column, "differs-on-record", { hint: record[column] });
    }
  }
  return { ref: { id }, knownId: id, currency, timeZone, planned: null };
}

function newBuilding(
  name: string,
  context: {
    readonly rows: readonly Entry[];
    readonly said: Said;
    readonly known: KnownProperty;
  },
): CheckedBuilding {
  const { rows, said, known } = context;
  const [first] = rows;
  for (const column of ["currency", "timeZone"] as const) {
    if (first && !said[column]) blame(first, column, "missing");
  }
  const code = parseCurrencyCode((said.currency?.text ?? "").toUpperCase());
  const currency = code.ok ? code.value : "";
  const timeZone = isSound(said.timeZone?.entry, "timeZone")
    ? (said.timeZone?.text ?? "UTC")
    : "UTC";
  const tariffId = code.ok ? tariffOf({ said, first, known, currency }) : null;
  const ref = `building ${name}`;
  const planned = {
    ref,
    name,
    address: said.address?.text ?? "",
    currency,
    timeZone,
    locale: said.locale?.text ?? "en",
    tariffId: tariffId ?? "",
  };
  return { ref: { ref }, knownId: null, currency, timeZone, planned };
}

const isSound = (entry: Entry | undefined, column: ColumnName) =>
  entry !== undefined && !entry.faults.some((fault) => fault.column === column);

/** The tariff it names, or the only one there is in its currency. */
function tariffOf(context: {
  readonly said: Said;
  readonly first: Entry | undefined;
  readonly known: KnownProperty;
  readonly currency: string;
}): string | null {
  const { said, first, known, currency } = context;
  if (said.tariff) {
    const { text, entry } = said.tariff;
    const named = known.tariffs.filter((tariff) => tariff.name === text);
    const fit = named.find((tariff) => tariff.currency === currency);
    if (!fit) blame(entry, "tariff", named[0] ? "tariff-currency" : "unknown-tariff");
    return fit?.id ?? null;
  }
  const [only, ...others] = known.tariffs.filter((tariff) => tariff.currency === currency);
  if (only && others.length === 0) return only.id;
  if (first) blame(first, "tariff", only ? "which-tariff" : "no-tariff", { hint: currency });
  return null;
}
