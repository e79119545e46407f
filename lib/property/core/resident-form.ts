import { type Contact, parseContact } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";

/** How the landlord reaches a resident, and how the resident may sign in; each may be missing. */
export type ResidentContact = { readonly phone: string | null; readonly email: string | null };

/** The longest text of each field, in UTF-16 units, as a browser's `maxlength` counts. */
export const RESIDENT_LONGEST = { name: 120, phone: 40, email: 254, contact: 254, password: 200 };
const SHORTEST_PASSWORD = 12;

export type ResidentFault =
  | "missing"
  | "too-long"
  | "not-a-phone"
  | "not-an-email"
  | "not-a-contact"
  | "password-too-short";

type Faults<Field extends string> = Readonly<Partial<Record<Field, ResidentFault>>>;

const textOf = (typed: string) => typed.replaceAll(/\p{Cc}+/gu, " ").trim();

/** A resident's name as the landlord writes it; control characters in it become blanks. */
export function parseResidentName(typed: string): Result<string, "missing" | "too-long"> {
  const name = textOf(typed);
  if (name === "") return err("missing");
  return name.length > RESIDENT_LONGEST.name ? err("too-long") : ok(name);
}

/** Reads a phone and an e-mail, each in its own field and each optional. */
export function parseResidentContact(typed: {
  readonly phone: string;
  readonly email: string;
}): Result<ResidentContact, Faults<"phone" | "email">> {
  const phone = contactOf(typed.phone, "phone");
  const email = contactOf(typed.email, "email");
  if (phone !== undefined && email !== undefined) return ok({ phone, email });
  return err({
    ...(phone === undefined ? { phone: "not-a-phone" } : {}),
    ...(email === undefined ? { email: "not-an-email" } : {}),
  });
}

/** Null for nothing typed; undefined for what is not of the kind. */
function contactOf(typed: string, kind: Contact["kind"]): string | null | undefined {
  const text = textOf(typed);
  if (text === "") return null;
  const contact = text.length > RESIDENT_LONGEST[kind] ? null : parseContact(text);
  return contact?.ok && contact.value.kind === kind ? contact.value.value : undefined;
}

/** A resident's contacts as sign-in knows them. */
export function contactsOf({ phone, email }: ResidentContact): readonly Contact[] {
  return [
    ...(phone === null ? [] : [{ kind: "phone", value: phone } as const]),
    ...(email === null ? [] : [{ kind: "email", value: email } as const]),
  ];
}

/** What somebody types who joins by a printed code and has no account yet. */
export type JoinForm = {
  readonly name: string;
  readonly contact: Contact;
  readonly password: string;
};
export type JoinFaults = Faults<"name" | "contact" | "password">;

/** Takes the posted form and gives whom to create, or every field's fault. */
export function parseJoinForm(
  posted: Readonly<Record<string, string | undefined>>,
): Result<JoinForm, JoinFaults> {
  const { name: typedName = "", contact: typedContact = "", password = "" } = posted;
  const name = parseResidentName(typedName);
  const contactText = textOf(typedContact);
  const contact = parseContact(contactText);
  const passwordFault = faultOfPassword(password);
  if (name.ok && contact.ok && !passwordFault) {
    return ok({ name: name.value, contact: contact.value, password });
  }
  return err({
    ...(name.ok ? {} : { name: name.error }),
    ...(contact.ok ? {} : { contact: contactText === "" ? "missing" : contact.error }),
    ...(passwordFault ? { password: passwordFault } : {}),
  });
}

function faultOfPassword(password: string): ResidentFault | null {
  if (password === "") return "missing";
  if (password.length > RESIDENT_LONGEST.password) return "too-long";
  // Characters as people count them, not as the language stores them.
  return [...password].length < SHORTEST_PASSWORD ? "password-too-short" : null;
}
