import { AUDIT_ACTIONS } from "@/lib/access/shared";
import { isId } from "@/lib/platform";
import { startOfCivilDay } from "@/lib/property";

/** The search as the address bar holds it. */
export type AuditQuery = {
  /** A person's id, or "system". */
  readonly who: string | null;
  readonly action: string | null;
  /** Civil days, "YYYY-MM-DD", both included. */
  readonly from: string | null;
  readonly to: string | null;
  /** The entry after which the page begins. */
  readonly before: string | null;
};

type Given = Readonly<Record<string, string | string[] | undefined>>;

/** Reads the address bar; what is no such value is left out, for a search refuses nobody. */
export function readAuditQuery(given: Given): AuditQuery {
  const text = (name: string) => {
    const value = given[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const only = (value: string | null, isValid: (value: string) => boolean) =>
    value !== null && isValid(value) ? value : null;
  return {
    who: only(text("who"), (value) => value === "system" || isId(value)),
    action: only(text("action"), (value) => AUDIT_ACTIONS.some((action) => action === value)),
    from: only(text("from"), isDay),
    to: only(text("to"), isDay),
    before: only(text("before"), isId),
  };
}

/** The instants between which the days lie, in a zone. */
export function filterOf({ who, action, from, to }: AuditQuery, timeZone: string) {
  return {
    who,
    action,
    from: from === null ? null : startOfCivilDay(from, timeZone),
    until: to === null ? null : startOfCivilDay(dayAfter(to), timeZone),
  };
}

/** The address of a search. */
export function hrefWith(path: string, query: AuditQuery): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== null) as [string, string][];
  const search = new URLSearchParams(pairs).toString();
  return search === "" ? path : `${path}?${search}`;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const utcOf = (day: string) => new Date(`${day}T00:00:00Z`);

/** "2025-02-30" has the form of a day and is none. */
function isDay(text: string): boolean {
  if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const at = utcOf(text);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

const dayAfter = (day: string) =>
  new Date(utcOf(day).getTime() + DAY_MS).toISOString().slice(0, 10);
