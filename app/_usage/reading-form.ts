import type { BoughtAgainstUsedView } from "@/components/metering/bought-against-used";
import { QUANTITIES } from "@/lib/metering/shared";
import { civilTimeAt, type UnitWithBuilding } from "@/lib/property";
import { enterReadingAction } from "../o/[org]/units/[unit]/actions";
import type { UsageContext } from "./usage-data";

/** Where staff type what a unit's meter shows; null for who may not, and for no meter. */
export function readingForm(
  { scope, now, t }: UsageContext,
  unit: UnitWithBuilding,
): BoughtAgainstUsedView["form"] {
  if (scope.kind !== "organization" || unit.meterId === null) return null;
  if (!scope.permissions.includes("reading:write")) return null;
  return {
    action: enterReadingAction.bind(null, { org: scope.slug, unitId: unit.id }),
    view: {
      id: "reading",
      summary: t("readingForm.summary"),
      submit: t("readingForm.submit"),
      fields: [
        {
          kind: "one",
          name: "quantity",
          label: t("readingForm.quantity"),
          value: "remaining",
          choices: QUANTITIES.toReversed().map((quantity) => ({
            value: quantity,
            label: t(`readingForm.${quantity}`),
          })),
        },
        {
          kind: "text",
          name: "value",
          label: t("readingForm.value"),
          hint: t("readingForm.valueHint"),
          isRequired: true,
          maxLength: 14,
        },
        {
          kind: "datetime-local",
          name: "at",
          label: t("readingForm.at"),
          hint: t("readingForm.atHint", { zone: unit.building.timeZone }),
          value: civilTimeAt(now, unit.building.timeZone),
          isRequired: true,
        },
      ],
    },
  };
}
