import type { FieldView } from "@/components/ui/action-form";
import type { Translate } from "@/components/ui/translate";
import { ROLES, type Role } from "@/lib/access/shared";
import type { BuildingFacts } from "@/lib/property";

/** The fields that say which role somebody has, and in which buildings. */
export function standingFields(
  buildings: readonly BuildingFacts[],
  t: Translate,
  stands: { readonly role: Role; readonly buildings: readonly string[] | null } | null = null,
): readonly FieldView[] {
  const role: FieldView = {
    kind: "one",
    name: "role",
    label: t("people.role"),
    hint: t("people.adminHint"),
    none: "—",
    isRequired: true,
    ...(stands ? { value: stands.role } : {}),
    choices: ROLES.map((value) => ({ value, label: t(`role.${value}`) })),
  };
  // With no building there is nothing to choose.
  if (buildings.length === 0) return [role];
  return [
    role,
    {
      kind: "one",
      name: "reach",
      label: t("people.reach"),
      value: stands?.buildings ? "chosen" : "all",
      choices: [
        { value: "all", label: t("people.reachAll") },
        { value: "chosen", label: t("people.reachChosen") },
      ],
    },
    {
      kind: "some",
      name: "buildings",
      label: t("people.chosen"),
      values: stands?.buildings ?? [],
      choices: buildings.map(({ id, name }) => ({ value: id, label: name })),
    },
  ];
}
