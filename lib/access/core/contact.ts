import { createHash } from "node:crypto";
import { err, ok, type Result } from "@/lib/kernel";

/** A way to reach a person in its one form: an e-mail in small letters, a phone in E.164. */
export type Contact =
  | { readonly kind: "email"; readonly value: string }
  | { readonly kind: "phone"; readonly value: string };

export const LONGEST_EMAIL = 254;
// What a browser's e-mail field takes, less hosts without a dot: mail has to reach it from outside.
const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;
const PHONE = /^\+[1-9]\d{6,14}$/;

/**
 * Reads what a person typed as e-mail or phone. A phone is written with its country, `+` or `00`
 * first; spaces, hyphens, dots and brackets in it are forgiven. Refuses anything else.
 */
export function parseContact(typed: string): Result<Contact, "not-a-contact"> {
  const text = typed.trim();
  if (text.includes("@")) {
    const isGood = text.length <= LONGEST_EMAIL && EMAIL.test(text);
    return isGood ? ok({ kind: "email", value: text.toLowerCase() }) : err("not-a-contact");
  }
  const digits = text.replaceAll(/[\s().-]/g, "").replace(/^00/, "+");
  return PHONE.test(digits) ? ok({ kind: "phone", value: digits }) : err("not-a-contact");
}

/** SHA-256 of a contact, 64 hex digits: where a table shall know one again and not name it. */
export function contactHash({ kind, value }: Contact): string {
  return createHash("sha256").update(`voltlet contact 1 ${kind} ${value}`, "utf8").digest("hex");
}
