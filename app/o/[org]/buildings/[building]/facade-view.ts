import { creditText, daysLeftText } from "@/app/_view/credit-texts";
import { formatDay } from "@/app/_view/instants";
import type { FacadePlan, FacadeUnitView, FacadeView } from "@/components/property/facade";
import { toldOfWindow } from "@/components/property/window-link";
import type { Translate } from "@/components/ui/translate";
import { formatEnergy, formatMoney } from "@/lib/money";
import type { Need } from "@/lib/overview";
import type { BuildingFacts } from "@/lib/property";
import type { UnitNow } from "../../building-now";

export type FacadeContext = {
  readonly org: string;
  readonly building: BuildingFacts;
  readonly units: readonly UnitNow[];
  readonly now: Date;
  readonly t: Translate;
  readonly seesMoney: boolean;
};

/** The building as its elevation: floors from the ground up, each from the left. */
export function facadeView(context: FacadeContext): FacadeView {
  const { building, units, t } = context;
  const floors = [...new Set(units.map((unit) => unit.floor))].sort((low, high) => low - high);
  return {
    buildingName: building.name,
    floors: floors.map((floor) => ({
      number: String(floor),
      label: t("building.floor", { floor }),
      units: units.filter((unit) => unit.floor === floor).map((unit) => windowOf(unit, context)),
    })),
  };
}

/** The same in few words, for whom the script draws it again. */
export function facadePlan(view: FacadeView, { org, t }: FacadeContext): FacadePlan {
  return {
    buildingName: view.buildingName,
    label: t("building.facade", { building: view.buildingName }),
    hint: t("building.point"),
    unitPath: `/o/${org}/units/`,
    floors: view.floors.map(({ number, label, units }) => ({
      number,
      label,
      windows: units.map(
        (unit) => [unit.unitId, unit.label, unit.light, toldOfWindow(unit, t)] as const,
      ),
      needsYou: units.flatMap((unit, place) => (unit.needsYou === null ? [] : [place])),
    })),
  };
}

function windowOf(unit: UnitNow, context: FacadeContext): FacadeUnitView {
  const { org, t } = context;
  return {
    unitId: unit.id,
    label: unit.label,
    href: `/o/${org}/units/${unit.id}`,
    light: unit.light,
    needsYou: unit.need && needText(unit.need, context),
    creditText: standingText(unit, context),
    daysText: daysLeftText(unit.estimate, t),
    lastPurchaseText: lastPurchaseText(unit, context),
  };
}

/** What is left, and how many beds of a room are taken. */
function standingText(unit: UnitNow, { building, t }: FacadeContext): string {
  const { bedCount: count, bedsTaken: taken } = unit;
  const beds = count > 0 ? [t("building.beds", { taken, count })] : [];
  const credit = unit.isVacant ? [] : [creditText(unit.estimate, building.locale, t)];
  return [...beds, ...credit].join(" · ");
}

/** Why somebody should look at a unit; null where all is well. */
export function needText(need: Need, { building, t, seesMoney, now }: FacadeContext): string {
  const { currency, locale } = building;
  const { kind, amountMinor, at } = need;
  const text = t(`building.need-${kind}`, { at: at ? formatDay(at, building, now) : "" });
  if (amountMinor === null || !seesMoney) return text;
  return `${text}: ${formatMoney({ amountMinor, currency }, locale, { isShort: true })}`;
}

function lastPurchaseText({ last }: UnitNow, context: FacadeContext): string {
  const { building, now, t, seesMoney } = context;
  if (!last) return t("building.noPurchase");
  const { currency, locale } = building;
  const what = seesMoney
    ? formatMoney({ amountMinor: last.amountMinor, currency }, locale, { isShort: true })
    : t("energy.kwh", { energy: formatEnergy(last.energyWh, locale) });
  return t("building.lastOn", { what, day: formatDay(last.at, building, now) });
}
