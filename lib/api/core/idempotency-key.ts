import { createHash } from "node:crypto";
import { err, ok, type Result } from "@/lib/kernel";

const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/;
// Visible ASCII without quotes and backslashes: the same in every encoding.
const VALUE = /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/;

/**
 * The value of an Idempotency-Key header, a string of RFC 8941 as the draft of the HTTPAPI group
 * has it; without its quotes it is taken too, as most programs send it.
 */
export function parseIdempotencyKey(header: string | null): Result<string, "missing" | "invalid"> {
  if (header === null || header.trim() === "") return err("missing");
  const [, quoted] = QUOTED.exec(header.trim()) ?? [];
  const value = quoted ?? header.trim();
  return VALUE.test(value) ? ok(value) : err("invalid");
}

/** What a request asked for, whatever the order and the spaces of its JSON. */
export function contentHash(operation: string, target: string, body: unknown): string {
  const text = JSON.stringify([operation, target, body], sortedKeys);
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
