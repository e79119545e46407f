import { createHash, createHmac } from "node:crypto";

// Somebody types an e-mail or a phone and is sent a code, by e-mail a link too. Which of the two is
// used proves that the e-mail or phone is theirs.

export const CHALLENGE_MINUTES = 10;
export const CHALLENGE_MS = CHALLENGE_MINUTES * 60 * 1_000;
export const MOST_WRONG_CODES = 5;
export const MOST_CHALLENGES_AN_HOUR = 5;
export const HOUR_MS = 60 * 60 * 1_000;
/** How long a challenge is kept after it was made: for counting those of an hour. */
export const CHALLENGE_KEPT_MS = 24 * HOUR_MS;

const CODE = /^\d{6}$/;
const LINK_SECRET = /^[\w-]{22}$/;

/** Number 0 to 999,999 as the six digits that people type. */
export const codeOf = (number: number): string => String(number).padStart(6, "0");

/** The six digits that were typed, spaces and hyphens forgiven; null for anything else. */
export function parseCode(typed: string): string | null {
  const digits = typed.slice(0, 40).replaceAll(/[\s-]/g, "");
  return CODE.test(digits) ? digits : null;
}

/** Whether a text from an address bar can be a link's secret at all. */
export const isLinkSecret = (text: string): boolean => LINK_SECRET.test(text);

/**
 * The stored form of a code. A million codes are tried in a second, so the hash is keyed: who has
 * stolen the database and not the web's secret learns none. The challenge's id is in it, so that a
 * code is good for one challenge.
 */
export function codeHash(webSecret: string, challengeId: string, code: string): Buffer {
  const key = createHmac("sha256", webSecret).update("voltlet sign-in code 1", "utf8").digest();
  return createHmac("sha256", key).update(`${challengeId} ${code}`, "utf8").digest();
}

/** The stored form of a link's 128-bit secret, which nobody can try out. */
export function linkHash(linkSecret: string): Buffer {
  return createHash("sha256").update(`voltlet sign-in link 1 ${linkSecret}`, "utf8").digest();
}
