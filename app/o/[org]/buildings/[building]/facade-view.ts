import { creditText } from "@/app/_view/credit-texts";
import { formatDay } from "@/app/_view/instants";
import type { FacadeUnitView, FacadeView } from "@/components/property/facade";
import type { Translate } from "@/components/ui/translate";
import { formatEnergy, formatMoney } from "@/lib/money";
import type { BuildingFacts } from "@/lib/property";
import type { UnitNow } from "../../building-now";

type Context = {
  readonly org: string;
  readonly building: BuildingFacts;
  readonly units: readonly UnitNow[];
  readonly now: Date;
  readonly t: Translate;
  readonly seesMoney: boolean;
};

/** The building as its elevation: floors from the ground up, each from the left. */
export function facadeView(context: Context): FacadeView {
  const { building, units, t } = context;
  const floors = [...new Set(units.map((unit) => unit.floor))].sort((low, high) => low - high);
  return {
    buildingName: building.name,
    floors: floors.map((floor) => ({
      label: t("building.floor", { floor }),
      units: units.filter((unit) => unit.floor === floor).map((unit) => windowOf(unit, context)),
    })),
  };
}

function windowOf(unit: UnitNow, context: Context): FacadeUnitView {
  const { org, building, t } = context;
  return {
    unitId: unit.id,
    label: unit.label,
    href: `/o/${org}/units/${unit.id}`,
    light: unit.light,
    needsYou: needsYouText(unit, context),
    creditText: unit.isVacant ? t("light.vacant") : creditText(unit.estimate, building.locale, t),
    lastPurchaseText: lastPurchaseText(unit, context),
  };
}

/** Why somebody should look at a unit; null where all is well. */
function needsYouText(unit: UnitNow, { building, t, seesMoney }: Context): string | null {
  if (!unit.isVacant && !unit.meterNumber) return t("building.needsMeter");
  if (!unit.unsettled) return null;
  const { amountMinor, isRefund } = unit.unsettled;
  const { currency, locale } = building;
  const amount = seesMoney ? formatMoney({ amountMinor, currency }, locale, { isShort: true }) : "";
  return t(isRefund ? "building.needsRefund" : "building.needsToken", { amount });
}

function lastPurchaseText({ last }: UnitNow, context: Context): string {
  const { building, now, t, seesMoney } = context;
  if (!last) return t("building.noPurchase");
  const { currency, locale } = building;
  const what = seesMoney
    ? formatMoney({ amountMinor: last.amountMinor, currency }, locale, { isShort: true })
    : t("energy.kwh", { energy: formatEnergy(last.energyWh, locale) });
  return t("building.lastOn", { what, day: formatDay(last.at, building, now) });
}
