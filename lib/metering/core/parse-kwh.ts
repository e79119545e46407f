import { err, ok, type Result } from "@/lib/kernel";

const FORM = /^(\d{1,9})(?:[.,](\d{1,3}))?$/;

/** Kilowatt-hours as a meter shows them and a person types them, "1204.5", to watt-hours. */
export function parseKwh(typed: string): Result<bigint, "not-a-number"> {
  const [, whole, part = ""] = FORM.exec(typed.trim()) ?? [];
  return whole === undefined ? err("not-a-number") : ok(BigInt(whole + part.padEnd(3, "0")));
}
