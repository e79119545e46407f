import { createHash } from "node:crypto";
import { assert, err, ok, type Result } from "@/lib/kernel";

// The code of a printed invitation: 80 bits in Crockford's base32, which has no letter that is read
// for a digit on paper (no I, L, O, and no U).
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BITS_A_LETTER = 5n;
const LETTERS = 16;
const GROUP = 4;
const FORM = /^[0-9A-HJKMNP-TV-Z]{16}$/;
// Whatever stands between groups on paper, on a keyboard or in a message.
const BETWEEN = /[\s\p{Pd}._\u00ad\u200b-\u200f\u2060\ufeff]+/gu;
const LONGEST_TYPED = 200;

/** How many bytes of chance a code is made of. */
export const JOIN_CODE_BYTES = 10;

/** Ten bytes of chance as sixteen letters and digits. */
export function joinCodeOf(bytes: Uint8Array): string {
  assert(bytes.length === JOIN_CODE_BYTES, "a code has 80 bits");
  const value = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  return Array.from({ length: LETTERS }, (_, index) => {
    const shift = BITS_A_LETTER * BigInt(LETTERS - 1 - index);
    return ALPHABET[Number((value >> shift) & 31n)] ?? "";
  }).join("");
}

/**
 * Reads a code as somebody typed it from paper. Case, spaces and hyphens are forgiven, and the
 * letters that Crockford's base32 leaves out are read for the digits they look like.
 */
export function parseJoinCode(typed: string): Result<string, "not-a-code"> {
  if (typed.length > LONGEST_TYPED) return err("not-a-code");
  const code = typed
    .replaceAll(BETWEEN, "")
    .toUpperCase()
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  return FORM.test(code) ? ok(code) : err("not-a-code");
}

/** A code in four groups of four, as it is printed. */
export function formatJoinCode(code: string): string {
  const starts = Array.from({ length: LETTERS / GROUP }, (_, index) => index * GROUP);
  return starts.map((start) => code.slice(start, start + GROUP)).join("-");
}

/** SHA-256 of a code, 64 hex digits: all that is kept of it. */
export function joinCodeHash(code: string): string {
  return createHash("sha256").update(`voltlet invitation 1 ${code}`, "utf8").digest("hex");
}
