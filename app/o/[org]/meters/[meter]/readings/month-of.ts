import { civilDayAt, startOfCivilDay } from "@/lib/property";
import { monthStartAfter } from "@/lib/property/shared";

const MONTH = /^(20\d{2})-(0[1-9]|1[0-2])$/;

export type Month = {
  /** "YYYY-MM". */
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
  readonly before: string;
  /** Null for the month that is not over. */
  readonly after: string | null;
};

/** The month an address asks for, in a building's own days; this one where it asks for none. */
export function monthOf(asked: unknown, timeZone: string, now: Date): Month {
  const current = civilDayAt(now, timeZone).slice(0, 7);
  const name = typeof asked === "string" && MONTH.test(asked) && asked <= current ? asked : current;
  const first = `${name}-01`;
  const next = monthStartAfter(first);
  const dayBefore = new Date(Date.parse(`${first}T00:00:00Z`) - 86_400_000);
  return {
    name,
    from: startOfCivilDay(first, timeZone),
    to: startOfCivilDay(next, timeZone),
    before: dayBefore.toISOString().slice(0, 7),
    after: name === current ? null : next.slice(0, 7),
  };
}
