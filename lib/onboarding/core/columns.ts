import { UNIT_KINDS } from "@/lib/property/shared";

/**
 * The one form of the sheet: one row for each unit, or for each bed, lease or meter of it where
 * there are several. Reading, mapping, samples, export and the page all go by this table; the first
 * word is the heading we write, the others are what people call it, without case and punctuation.
 */
export const COLUMNS = [
  { name: "building", words: ["Building", "property", "block", "house", "site"] },
  { name: "address", words: ["Address", "street", "building address"] },
  { name: "currency", words: ["Currency", "money"] },
  { name: "timeZone", words: ["Time zone", "timezone", "zone"] },
  { name: "locale", words: ["Language", "locale"] },
  { name: "tariff", words: ["Tariff", "price", "rate"] },
  {
    name: "unit",
    words: ["Unit", "flat", "apartment", "room", "shop", "door", "unit no", "flat no"],
  },
  { name: "kind", words: ["Kind", "unit kind", "unit type", "type", "use"] },
  { name: "floor", words: ["Floor", "storey", "story", "level"] },
  { name: "position", words: ["Position", "place on the floor", "from the left", "order"] },
  { name: "bed", words: ["Bed", "bed no", "bed number", "bed space"] },
  {
    name: "meter",
    words: ["Meter number", "meter", "meter no", "meter serial", "serial number", "meter id"],
  },
  { name: "resource", words: ["Resource", "utility", "medium", "supply"] },
  { name: "meterKind", words: ["Meter kind", "meter type", "prepaid or read"] },
  { name: "supplyGroup", words: ["Supply group", "supply group code", "sgc", "vending key"] },
  { name: "tariffIndex", words: ["Tariff index", "ti"] },
  {
    name: "resident",
    words: ["Resident", "tenant", "name", "resident name", "tenant name", "occupant", "student"],
  },
  { name: "phone", words: ["Phone", "telephone", "mobile", "cell", "phone number", "tel"] },
  { name: "email", words: ["E-mail", "email", "mail", "email address", "e-mail address"] },
  { name: "leaseFrom", words: ["Lease from", "lease start", "move in", "start", "from", "since"] },
  { name: "leaseTo", words: ["Lease to", "lease end", "move out", "end", "until", "last day"] },
  {
    name: "reading",
    words: ["Opening reading", "reading", "meter reading", "opening", "kwh", "index"],
  },
  { name: "quantity", words: ["Reading shows", "quantity", "reading type"] },
  {
    name: "readAt",
    words: ["Read at", "read on", "reading date", "reading at", "date of reading"],
  },
] as const satisfies readonly { readonly name: string; readonly words: readonly string[] }[];

export type ColumnName = (typeof COLUMNS)[number]["name"];
export type Mapping = readonly (ColumnName | null)[];

/** Without these two no row says where it is. */
export const REQUIRED_COLUMNS = ["building", "unit"] as const satisfies readonly ColumnName[];

/** Null for a word that is no column's name. */
export function parseColumnName(text: string): ColumnName | null {
  return COLUMNS.find(({ name }) => name === text)?.name ?? null;
}

/** What Excel users write for our kinds of units. */
export const KIND_WORDS: Readonly<Record<string, (typeof UNIT_KINDS)[number]>> = {
  ...Object.fromEntries(UNIT_KINDS.map((kind) => [kind, kind])),
  apartment: "flat",
  dormitory: "room",
  store: "shop",
  "common area": "common",
  supply: "intake",
};

const plain = (text: string) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const BY_WORD: ReadonlyMap<string, ColumnName> = new Map(
  COLUMNS.flatMap(({ name, words }) => words.map((word) => [plain(word), name] as const)),
);

/** Which column a heading means; null for a heading that is nobody's. */
export function columnOfHeading(heading: string): ColumnName | null {
  return BY_WORD.get(plain(heading)) ?? null;
}

/** Which column each heading is; of two that mean the same the first is it. */
export function proposeMapping(headings: readonly string[]): Mapping {
  const taken = new Set<ColumnName>();
  return headings.map((heading) => {
    const column = columnOfHeading(heading);
    if (column === null || taken.has(column)) return null;
    taken.add(column);
    return column;
  });
}

/** How many rows may stand above the headings: a title, a date, groups of columns. */
const MOST_ABOVE = 10;

/**
 * The place of the row of headings: of the first rows the one in which most words are known; the
 * first where none is.
 */
export function findHeadingRow(rows: readonly (readonly string[])[]): number {
  const known = rows
    .slice(0, MOST_ABOVE)
    .map((cells) => proposeMapping(cells).filter((column) => column !== null).length);
  const most = Math.max(0, ...known);
  return most === 0 ? 0 : known.indexOf(most);
}

/** The letters of a column as a spreadsheet names it: 0 is A, 26 is AA. */
export function columnLetters(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : columnLetters(Math.floor(place / 26) - 1) + letter;
}
