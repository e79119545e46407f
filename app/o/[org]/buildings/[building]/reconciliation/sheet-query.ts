import { monthBefore, parseMonth } from "@/lib/reconciliation";

export type Asked = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The month that the address bar asks for; the one before this where it asks for none, for that is
 * the one an office files. Null for what is no month.
 */
export function askedMonth(asked: Asked, now: Date): string | null {
  if (asked.month === undefined) return monthBefore(now.toISOString().slice(0, 7));
  const month = parseMonth(typeof asked.month === "string" ? asked.month : "");
  return month.ok ? month.value : null;
}
