import { createHash } from "node:crypto";
import { err, ok, type Result } from "@/lib/kernel";

// A key as its holder has it: where it works, 160 random bits, and a check over both, so that one
// that was mistyped or cut off is told from one that opens nothing.

const FORM = /^vk_(live|practice)_([0-9a-f]{40})([0-9a-f]{6})$/;
const LOOKS_LIKE_ONE = /^vk_/;
export const KEY_RANDOM_BYTES = 20;

/** The key that random bytes make. */
export function formatKey(mode: "live" | "practice", random: Uint8Array): string {
  const body = `vk_${mode}_${Buffer.from(random).toString("hex")}`;
  return `${body}${checkOf(body)}`;
}

/** The hash by which a key is kept; refused for what is no key, and for one with a wrong check. */
export function parseKey(text: string): Result<string, "not-a-key" | "mistyped"> {
  const [, mode, random, check] = FORM.exec(text) ?? [];
  if (check === undefined) return err(LOOKS_LIKE_ONE.test(text) ? "mistyped" : "not-a-key");
  return checkOf(`vk_${mode}_${random}`) === check ? ok(keyHash(text)) : err("mistyped");
}

/** How a key is kept: only its SHA-256, in hex. */
export function keyHash(key: string): string {
  return createHash("sha256").update(key, "utf8").digest("hex");
}

const checkOf = (body: string) => keyHash(`check|${body}`).slice(0, 6);
