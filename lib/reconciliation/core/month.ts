import { err, ok, type Result } from "@/lib/kernel";

const FORM = /^(20\d{2})-(0[1-9]|1[0-2])$/;

/** Reads a month as the address bar has it, "YYYY-MM"; those of this century alone. */
export function parseMonth(typed: string): Result<string, "not-a-month"> {
  return FORM.test(typed) ? ok(typed) : err("not-a-month");
}

function shifted(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

export const monthAfter = (month: string): string => shifted(month, 1);
export const monthBefore = (month: string): string => shifted(month, -1);
export const monthsBefore = (month: string, count: number): string => shifted(month, -count);

/** Its first civil day. */
export const firstDayOf = (month: string): string => `${month}-01`;
