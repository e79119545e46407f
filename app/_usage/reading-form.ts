import { readingFields } from "@/app/_form/enter-reading";
import type { BoughtAgainstUsedView } from "@/components/metering/bought-against-used";
import type { UnitWithBuilding } from "@/lib/property";
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
    action: enterReadingAction.bind(null, {
      org: scope.slug,
      unitId: unit.id,
      meterId: unit.meterId,
    }),
    view: {
      id: "reading",
      summary: t("readingForm.summary"),
      submit: t("readingForm.submit"),
      fields: readingFields({ timeZone: unit.building.timeZone, now }, t),
    },
  };
}
