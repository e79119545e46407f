import type { FieldView } from "@/components/ui/action-form";
import type { Translate } from "@/components/ui/translate";
import { parseContact } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";

type Typed = Readonly<Record<"address" | "contactPhone" | "contactEmail", string>>;
type Contact = { readonly [Field in keyof Typed]: string | null };
type Faults = Readonly<Partial<Record<keyof Typed, string>>>;

const LONGEST_ADDRESS = 200;

/** The fields of what a receipt says of its seller. */
export function contactFields(stands: Contact, t: Translate): readonly FieldView[] {
  const { address, contactPhone, contactEmail } = stands;
  return [
    {
      kind: "text",
      name: "address",
      label: t("settings.address"),
      hint: t("settings.addressHint"),
      value: address ?? "",
      maxLength: LONGEST_ADDRESS,
    },
    {
      kind: "tel",
      name: "contactPhone",
      label: t("settings.contactPhone"),
      value: contactPhone ?? "",
    },
    {
      kind: "email",
      name: "contactEmail",
      label: t("settings.contactEmail"),
      value: contactEmail ?? "",
    },
  ];
}

/** What was typed, tidied, or every field's fault. Nothing typed is nothing told. */
export function contactOf(typed: Typed, t: Translate): Result<Contact, Faults> {
  const address = typed.address.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
  const phone = contactPart(typed.contactPhone, "phone");
  const email = contactPart(typed.contactEmail, "email");
  const faults = {
    ...(address.length > LONGEST_ADDRESS ? { address: t("settings.addressTooLong") } : {}),
    ...(phone.ok ? {} : { contactPhone: t("settings.notAPhone") }),
    ...(email.ok ? {} : { contactEmail: t("settings.notAnEmail") }),
  };
  if (address.length > LONGEST_ADDRESS || !phone.ok || !email.ok) return err(faults);
  return ok({ address: address || null, contactPhone: phone.value, contactEmail: email.value });
}

function contactPart(typed: string, kind: "phone" | "email"): Result<string | null, "fault"> {
  if (typed.trim() === "") return ok(null);
  const parsed = parseContact(typed);
  return parsed.ok && parsed.value.kind === kind ? ok(parsed.value.value) : err("fault");
}
