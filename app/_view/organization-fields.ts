import type { FieldView } from "@/components/ui/action-form";
import type { Translate } from "@/components/ui/translate";
import { SETUP_LONGEST, type SetupFaults } from "@/lib/identity/shared";

type Names = {
  readonly name: string;
  readonly legalName: string;
  readonly taxNumber: string | null;
};

/** The fields of an organization's names, for one that is opened or renamed. */
export function organizationFields(stands: Names | null, t: Translate): readonly FieldView[] {
  const text = (name: "organization" | "legalName" | "taxNumber", value: string): FieldView => ({
    kind: "text",
    name,
    label: t(`settings.${name}`),
    hint: t(`settings.${name}Hint`),
    value,
    maxLength: SETUP_LONGEST[name],
    isRequired: name !== "taxNumber",
  });
  return [
    text("organization", stands?.name ?? ""),
    text("legalName", stands?.legalName ?? ""),
    text("taxNumber", stands?.taxNumber ?? ""),
  ];
}

/** What is wrong with each field of a form about an organization. */
export function organizationFaults(
  faults: SetupFaults,
  t: Translate,
): Readonly<Record<string, string>> {
  const texts = Object.entries(faults).map(([field, fault]) => {
    const values = fault.code === "too-long" ? { most: String(fault.most) } : {};
    return [field, t(`setup.${fault.code}`, values)] as const;
  });
  return Object.fromEntries(texts);
}
