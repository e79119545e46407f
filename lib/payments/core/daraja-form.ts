import type { Money, NearestAmounts } from "./payment-provider";

const PHONE = /^(?:\+?254|0)?([17]\d{8})$/;

/** A Kenyan mobile number as Daraja takes it, 2547XXXXXXXX; null for what is none. */
export function darajaPhone(typed: string): string | null {
  const [, subscriber] = PHONE.exec(typed.replace(/[\s()-]/g, "")) ?? [];
  return subscriber === undefined ? null : `254${subscriber}`;
}

/** yyyyMMddHHmmss in Nairobi, which is three hours ahead of UTC all year. */
export function darajaTimestamp(now: Date): string {
  const nairobi = new Date(now.getTime() + 3 * 3_600_000);
  return nairobi.toISOString().replace(/\D/g, "").slice(0, 14);
}

/** Prompts are for whole shillings; the nearest that are. */
export function refusedByDaraja({ amountMinor }: Money): NearestAmounts | null {
  const rest = amountMinor % 100n;
  if (rest === 0n) return null;
  return { belowMinor: amountMinor - rest, aboveMinor: amountMinor - rest + 100n };
}

/** What a prompt is for, in the twelve letters Daraja has for it. */
export function promptReference(attemptId: string): string {
  return attemptId.slice(-12).toUpperCase();
}

/** An account as typed on a phone, as a meter's number: spaces and dashes are forgiven. */
export function paybillAccount(typed: string): string {
  return typed.replace(/[\s-]/g, "");
}

/** Shillings as Daraja writes them, "500" or "500.00", in cents; null for what is none. */
export function centsOf(shillings: unknown): bigint | null {
  const [, whole, cents = ""] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(String(shillings)) ?? [];
  return whole === undefined ? null : BigInt(whole) * 100n + BigInt(cents.padEnd(2, "0"));
}

/** What the result of a prompt means. Still under way is answered by 4999. */
export function darajaResult(code: unknown): "paid" | "declined" | "open" {
  const text = String(code);
  if (text === "0") return "paid";
  return text === "4999" || !/^\d{1,6}$/.test(text) ? "open" : "declined";
}
