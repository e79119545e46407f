import { textIn } from "@/app/_form/form-answers";
import type { FieldView } from "@/components/ui/action-form";
import type { Translate } from "@/components/ui/translate";
import { type DrawUnitsFault, drawUnits } from "@/lib/property/shared";

/** What is asked of floors and doors, of a new building and of one that grows. */
export function unitFields(t: Translate): readonly FieldView[] {
  const number = { kind: "text", inputMode: "decimal", maxLength: 3 } as const;
  return [
    { ...number, name: "floors", label: t("drawBuilding.floors"), value: "4" },
    {
      ...number,
      name: "firstFloor",
      label: t("drawBuilding.firstFloor"),
      hint: t("drawBuilding.firstFloorHint"),
      value: "1",
    },
    { ...number, name: "perFloor", label: t("drawBuilding.perFloor"), value: "6" },
    {
      kind: "text",
      name: "pattern",
      label: t("drawBuilding.pattern"),
      hint: t("drawBuilding.patternHint"),
      value: "A-{floor}{unit}",
      maxLength: 80,
    },
  ];
}

/** The units that a form draws. */
export function unitsIn(form: FormData) {
  const typed = (name: string) => textIn(form, name);
  return drawUnits({
    floors: typed("floors"),
    firstFloor: typed("firstFloor"),
    perFloor: typed("perFloor"),
    pattern: typed("pattern"),
  });
}

/** A fault at the field that has it. */
export function unitsFault(fault: DrawUnitsFault, t: Translate): Readonly<Record<string, string>> {
  switch (fault) {
    case "floors":
      return { floors: t("drawBuilding.floorsWrong") };
    case "per-floor":
      return { perFloor: t("drawBuilding.perFloorWrong") };
    case "pattern":
      return { pattern: t("drawBuilding.patternWrong") };
    case "too-many":
      return { floors: t("drawBuilding.tooMany") };
    case "label-too-long":
      return { pattern: t("drawBuilding.labelLong") };
  }
}
