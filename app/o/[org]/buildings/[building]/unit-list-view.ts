import { daysLeftText } from "@/app/_view/credit-texts";
import type { FacadeView } from "@/components/property/facade";
import type { UnitListView } from "@/components/property/unit-list";
import type { FacadeContext } from "./facade-view";
import {
  chooseUnits,
  pageOfUnits,
  runsOutSoon,
  searchOf,
  type UnitChoice,
  windowsOf,
} from "./unit-choice";

/** The folded list names so many; all of them stand in the list of units. */
const MOST_SOON = 30;

/** The units chosen, a page of them; the façade shows every one. */
export function unitListView(
  facade: FacadeView,
  context: FacadeContext & { readonly path: string; readonly choice: UnitChoice },
): UnitListView {
  const { units, path, choice, t } = context;
  const windows = new Map(
    facade.floors.flatMap((floor) => floor.units).map((unit) => [unit.unitId, unit]),
  );
  const chosen = chooseUnits(units, choice);
  const { page, pages, units: shown } = pageOfUnits(chosen, choice);
  const search = searchOf({ ...choice, page: 1 });
  const hrefOf = (number: number) => {
    const query = searchOf({ ...choice, page: number });
    return `${path}${query === "" ? "" : `?${query}`}#units`;
  };
  return {
    choice,
    floors: facade.floors.map(({ number, label }) => ({ value: number, label })),
    chosenCount: chosen.length,
    units: windowsOf(shown, windows),
    pages:
      pages === 1
        ? null
        : {
            text: t("buildings.pages", { page, pages }),
            previousHref: page > 1 ? hrefOf(page - 1) : null,
            nextHref: page < pages ? hrefOf(page + 1) : null,
          },
    csvHref: search === "" ? `${path}/units` : `${path}/units?${search}`,
  };
}

/** Who runs out this week, the soonest first; of many the first, and where all of them stand. */
export function runsOutView(path: string, { org, units, t }: FacadeContext) {
  const soon = runsOutSoon(units);
  return {
    runsOut: soon.slice(0, MOST_SOON).map((unit) => ({
      key: unit.id,
      href: `/o/${org}/units/${unit.id}`,
      label: unit.label,
      text: daysLeftText(unit.estimate, t),
    })),
    allRunOut:
      soon.length > MOST_SOON
        ? { count: soon.length, href: `${path}?light=dim&sort=runs-out#units` }
        : null,
  };
}
