import type { SalesFilter } from "@/lib/overview";
import { isId } from "@/lib/platform";
import { startOfCivilDay } from "@/lib/property";
import { dayAfter, parseCivilDay } from "@/lib/property/shared";

/** The choice as the address bar holds it. */
export type SalesQuery = {
  readonly building: string | null;
  readonly unit: string | null;
  readonly state: "issued" | "waiting" | "refunded" | null;
  /** Civil days, "YYYY-MM-DD", both included. */
  readonly from: string | null;
  readonly to: string | null;
  readonly receipt: string | null;
  /** The sale after which the page begins: when it was paid, and its id. */
  readonly after: string | null;
};

type Given = Readonly<Record<string, string | string[] | undefined>>;

const STATES = ["issued", "waiting", "refunded"] as const;
const LONGEST = 80;

/** Reads the address bar; what is no such value is left out, for a list refuses nobody. */
export function readSalesQuery(given: Given): SalesQuery {
  const text = (name: string) => {
    const value = given[name];
    return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, LONGEST) : null;
  };
  const day = (name: string) => {
    const value = text(name);
    return value !== null && parseCivilDay(value).ok ? value : null;
  };
  const building = text("building");
  const after = text("after");
  return {
    building: building !== null && isId(building) ? building : null,
    unit: text("unit"),
    state: STATES.find((state) => state === given.state) ?? null,
    from: day("from"),
    to: day("to"),
    receipt: text("receipt"),
    after: after !== null && cursorOf(after) ? after : null,
  };
}

/** What the statements ask for; days are those of a zone. */
export function salesFilterOf(query: SalesQuery, timeZone: string): SalesFilter {
  const { building, unit, state, from, to, receipt } = query;
  return {
    buildingId: building,
    unitLabel: unit,
    state,
    from: from === null ? null : startOfCivilDay(from, timeZone),
    until: to === null ? null : startOfCivilDay(dayAfter(to), timeZone),
    receipt,
  };
}

/** "1764115200000~0190…": the last sale of a page. */
export function cursorOf(text: string): { readonly at: Date; readonly id: string } | null {
  const [ms = "", id = ""] = text.split("~");
  return /^\d{1,14}$/.test(ms) && isId(id) ? { at: new Date(Number(ms)), id } : null;
}

export function cursorText({ at, id }: { readonly at: Date; readonly id: string }): string {
  return `${at.getTime()}~${id}`;
}

export function salesHref(path: string, query: SalesQuery): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== null);
  const search = new URLSearchParams(pairs).toString();
  return search === "" ? path : `${path}?${search}`;
}
