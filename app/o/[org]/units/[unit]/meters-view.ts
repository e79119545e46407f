import { readingFields } from "@/app/_form/enter-reading";
import { shownFields } from "@/app/_form/shown-readings";
import { meterNumberText } from "@/app/_view/purchase-texts";
import type { UnitMetersView } from "@/components/property/unit-meters";
import type { Translate } from "@/components/ui/translate";
import type { OrgScope } from "@/lib/access/shared";
import { civilTimeAt, type UnitMeter, type UnitWithBuilding } from "@/lib/property";
import { RESOURCES } from "@/lib/property/shared";
import { addReadMeterAction, enterReadingAction } from "./actions";

type Context = {
  readonly scope: OrgScope;
  readonly unit: UnitWithBuilding;
  readonly now: Date;
  readonly t: Translate;
};

/** The unit's meters: each opens, those that are only read are read here. */
export function metersView(meters: readonly UnitMeter[], context: Context): UnitMetersView {
  const { scope, unit, now, t } = context;
  const { slug: org, permissions } = scope;
  const { timeZone } = unit.building;
  const unitId = unit.id;
  const mayManage = permissions.includes("meter:manage");
  return {
    meters: meters.map((meter) => ({
      id: meter.id,
      numberText: meter.isSold ? meterNumberText(meter.meterNumber) : meter.meterNumber,
      resourceText: t(`usage.${meter.resource}`),
      href: mayManage ? `/o/${org}/meters/${meter.id}` : null,
      // The meter that sells is read beside its chart.
      form:
        meter.id === unit.meterId && meter.isSold
          ? null
          : readForm(meter, { ...context, timeZone, unitId, org }),
    })),
    add: mayManage
      ? {
          action: addReadMeterAction.bind(null, { org, unitId }),
          view: {
            id: "read-meter",
            summary: t("meterLife.add"),
            submit: t("meterLife.addNow"),
            fields: [
              {
                kind: "one",
                name: "resource",
                label: t("newMeter.resource"),
                value: "water",
                choices: RESOURCES.map((value) => ({ value, label: t(`usage.${value}`) })),
              },
              {
                kind: "text",
                name: "meterNumber",
                label: t("newMeter.readNumber"),
                hint: t("newMeter.readNumberHint"),
                maxLength: 40,
                isRequired: true,
              },
              ...shownFields({ isSold: false, labels: "new" }, t),
              {
                kind: "datetime-local",
                name: "at",
                label: t("meterLife.from"),
                hint: t("readingForm.atHint", { zone: timeZone }),
                value: civilTimeAt(now, timeZone),
                isRequired: true,
              },
            ],
          },
        }
      : null,
  };
}

function readForm(
  meter: UnitMeter,
  context: Context & { readonly timeZone: string; readonly unitId: string; readonly org: string },
): UnitMetersView["add"] {
  const { scope, org, unitId, timeZone, now, t } = context;
  if (!scope.permissions.includes("reading:write")) return null;
  const { resource, isSold } = meter;
  return {
    action: enterReadingAction.bind(null, { org, unitId, meterId: meter.id }),
    view: {
      id: `reading-of-${meter.id}`,
      summary: t("readingForm.summary"),
      submit: t("readingForm.submit"),
      fields: readingFields({ timeZone, now, resource, isSold }, t),
    },
  };
}
