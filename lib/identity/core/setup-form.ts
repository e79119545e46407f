import { parseContact } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";

type Posted = Readonly<Record<string, string | undefined>>;

type SetupOrganization = {
  readonly name: string;
  readonly legalName: string;
  readonly taxNumber: string | null;
};

/** What the first administrator types: an organization, and themselves. */
export type SetupForm = {
  readonly organization: SetupOrganization;
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
export function parseSetupForm(posted: Posted): Result<SetupForm, SetupFaults> {
  const typed = readFields(SETUP_FIELDS, posted);
  if (!typed.ok) return typed;
  const { name, email, password } = typed.value;
  return ok({
    organization: organizationOf(typed.value),
    person: { name, email: email.toLowerCase(), password },
  });
}

/** The part about an organization alone, for one that is opened or renamed later. */
export function parseOrganizationForm(posted: Posted): Result<SetupOrganization, SetupFaults> {
  const typed = readFields(["organization", "legalName", "taxNumber"], posted);
  return typed.ok ? ok(organizationOf(typed.value)) : typed;
}

/** The part about a person whose e-mail is known already. */
export function parsePersonForm(
  posted: Posted,
): Result<{ readonly name: string; readonly password: string }, SetupFaults> {
  const typed = readFields(["name", "password"], posted);
  return typed.ok ? ok({ name: typed.value.name, password: typed.value.password }) : typed;
}

function organizationOf(typed: Record<"organization" | "legalName" | "taxNumber", string>) {
  const { organization, legalName, taxNumber } = typed;
  return { name: organization, legalName, taxNumber: taxNumber || null };
}

function readFields<Field extends SetupField>(
  fields: readonly Field[],
  posted: Posted,
): Result<Record<Field, string>, SetupFaults> {
  const typed = Object.fromEntries(
    fields.map((field) => [field, textOf(field, posted[field] ?? "")]),
  ) as Record<Field, string>;
  const faults: Partial<Record<SetupField, SetupFault>> = {};
  for (const field of fields) {
    const fault = faultOf(field, typed[field]);
    if (fault) faults[field] = fault;
  }
  return Object.keys(faults).length > 0 ? err(faults) : ok(typed);
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
