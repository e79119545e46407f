import type { StatementCursor } from "@/lib/ledger";
import { type CurrencyCode, parseCurrencyCode } from "@/lib/money";
import { isId } from "@/lib/platform";
import { parseCivilDay } from "@/lib/property/shared";

type Given = Readonly<Record<string, string | string[] | undefined>>;

/** The choice as the address bar holds it; what is no such value is left out. */
export type LedgerQuery = {
  readonly day: string | null;
  readonly building: string | null;
};

export type StatementQuery = {
  readonly from: string | null;
  readonly to: string | null;
  readonly building: string | null;
  readonly lease: string | null;
  readonly currency: CurrencyCode | null;
  readonly after: string | null;
};

const LONGEST = 80;

function readerOf(given: Given) {
  const text = (name: string) => {
    const value = given[name];
    return typeof value === "string" && value.length <= LONGEST ? value.trim() : "";
  };
  const day = (name: string) => (parseCivilDay(text(name)).ok ? text(name) : null);
  const id = (name: string) => (isId(text(name)) ? text(name) : null);
  return { text, day, id };
}

export function readLedgerQuery(given: Given): LedgerQuery {
  const { day, id } = readerOf(given);
  return { day: day("day"), building: id("building") };
}

export function readStatementQuery(given: Given): StatementQuery {
  const { text, day, id } = readerOf(given);
  const currency = parseCurrencyCode(text("currency"));
  const after = text("after");
  return {
    from: day("from"),
    to: day("to"),
    building: id("building"),
    lease: id("lease"),
    currency: currency.ok ? currency.value : null,
    after: cursorOf(after) ? after : null,
  };
}

/** "1764115200000~0190…": the last row of a page. */
export function cursorOf(text: string): StatementCursor | null {
  const [ms = "", id = ""] = text.split("~");
  return /^\d{1,14}$/.test(ms) && isId(id) ? { at: new Date(Number(ms)), id } : null;
}

export const cursorText = ({ at, id }: StatementCursor): string => `${at.getTime()}~${id}`;

export function ledgerHref(path: string, query: Readonly<Record<string, string | null>>): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== null);
  const search = new URLSearchParams(pairs).toString();
  return search === "" ? path : `${path}?${search}`;
}
