import { parseContact } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";

/** What the first administrator types: an organization, and themselves. */
export type SetupForm = {
  readonly organization: {
    readonly name: string;
    readonly legalName: string;
    readonly taxNumber: string | null;
  };
  readonly person: { readonly name: string; readonly email: string; readonly password: string };
};

/** The names of the form's fields. */
export const SETUP_FIELDS = [
  "organization",
  "legalName",
  "taxNumber",
  "name",
  "email",
  "password",
] as const;
export type SetupField = (typeof SETUP_FIELDS)[number];

/** What can be wrong with one field. */
export type SetupFault =
  | { readonly code: "missing" }
  | { readonly code: "too-long"; readonly most: number }
  | { readonly code: "not-an-email" }
  | { readonly code: "password-too-short" };
export type SetupFaults = Readonly<Partial<Record<SetupField, SetupFault>>>;

/** The longest text of each field, in UTF-16 units, as a browser's `maxlength` counts. */
export const SETUP_LONGEST: Readonly<Record<SetupField, number>> = {
  organization: 80,
  legalName: 160,
  taxNumber: 40,
  name: 120,
  email: 254,
  password: 200,
};
const SHORTEST_PASSWORD = 12;
const OPTIONAL: readonly SetupField[] = ["taxNumber"];

/**
 * Takes the posted form and gives what to create, or every field's fault. Names are trimmed and
 * lose control characters; a password stays as typed and needs 12 characters, no particular ones.
 */
export function parseSetupForm(
  posted: Readonly<Record<string, string | undefined>>,
): Result<SetupForm, SetupFaults> {
  const typed = Object.fromEntries(
    SETUP_FIELDS.map((field) => [field, textOf(field, posted[field] ?? "")]),
  ) as Record<SetupField, string>;
  const faults: Partial<Record<SetupField, SetupFault>> = {};
  for (const field of SETUP_FIELDS) {
    const fault = faultOf(field, typed[field]);
    if (fault) faults[field] = fault;
  }
  if (Object.keys(faults).length > 0) return err(faults);
  const { organization, legalName, taxNumber, name, email, password } = typed;
  return ok({
    organization: { name: organization, legalName, taxNumber: taxNumber || null },
    person: { name, email: email.toLowerCase(), password },
  });
}

function textOf(field: SetupField, text: string): string {
  return field === "password" ? text : text.replaceAll(/\p{Cc}+/gu, " ").trim();
}

function faultOf(field: SetupField, text: string): SetupFault | null {
  if (text === "") return OPTIONAL.includes(field) ? null : { code: "missing" };
  const most = SETUP_LONGEST[field];
  if (text.length > most) return { code: "too-long", most };
  if (field === "email" && !isEmail(text)) return { code: "not-an-email" };
  // Characters as people count them, not as the language stores them.
  const isShort = field === "password" && [...text].length < SHORTEST_PASSWORD;
  return isShort ? { code: "password-too-short" } : null;
}

function isEmail(text: string): boolean {
  const contact = parseContact(text);
  return contact.ok && contact.value.kind === "email";
}

/**
 * An organization's name in the address bar: small Latin letters, digits and hyphens, at most 40.
 * A name without any (in another script) is called `organization`: each person's need differ only.
 */
export function slugOf(name: string): string {
  const latin = name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const slug = latin.replaceAll(/[^a-z0-9]+/g, "-").slice(0, 40);
  return slug.replaceAll(/^-+|-+$/g, "") || "organization";
}
