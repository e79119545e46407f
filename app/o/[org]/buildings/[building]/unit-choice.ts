import type { FacadeUnitView } from "@/components/property/facade";
import { LIGHTS, type Light } from "@/components/property/light";
import type { UnitNow } from "../../building-now";

export const UNIT_SORTS = ["place", "runs-out", "label"] as const;

/** Which units the list shows, as the address bar holds it. */
export type UnitChoice = {
  readonly q: string;
  readonly floor: string | null;
  readonly light: Light | null;
  readonly sort: (typeof UNIT_SORTS)[number];
  readonly page: number;
};

type Given = Readonly<Record<string, string | string[] | undefined>>;
const LONGEST = 80;
const A_PAGE = 100;

/** What is no such value is left out, for a list refuses nobody. */
export function readUnitChoice({ q, floor, light, sort, page }: Given): UnitChoice {
  return {
    q: typeof q === "string" ? q.trim().slice(0, LONGEST) : "",
    floor: typeof floor === "string" && /^-?\d{1,3}$/.test(floor) ? floor : null,
    light: LIGHTS.find((each) => each === light) ?? null,
    sort: UNIT_SORTS.find((each) => each === sort) ?? "place",
    page: typeof page === "string" && /^[1-9]\d{0,2}$/.test(page) ? Number(page) : 1,
  };
}

export function searchOf({ q, floor, light, sort, page }: UnitChoice): string {
  const pairs = Object.entries({
    ...{ q, floor, light },
    sort: sort === "place" ? "" : sort,
    page: page === 1 ? "" : String(page),
  });
  const given = pairs.filter((pair): pair is [string, string] => Boolean(pair[1]));
  return new URLSearchParams(given).toString();
}

/** The units chosen, in the order asked for; on the façade all of them stay. */
export function chooseUnits(units: readonly UnitNow[], choice: UnitChoice): readonly UnitNow[] {
  const text = choice.q.toLowerCase();
  const chosen = units.filter(
    ({ label, residentName, floor, light }) =>
      (text === "" || `${label} ${residentName ?? ""}`.toLowerCase().includes(text)) &&
      (choice.floor === null || String(floor) === choice.floor) &&
      (choice.light === null || light === choice.light),
  );
  if (choice.sort === "label") {
    return chosen.toSorted((one, two) =>
      one.label.localeCompare(two.label, "en", { numeric: true }),
    );
  }
  return choice.sort === "runs-out"
    ? chosen.toSorted((one, two) => daysOf(one) - daysOf(two))
    : chosen;
}

/** A page of the list; a page behind the last is the last. The façade shows every unit anyway. */
export function pageOfUnits(chosen: readonly UnitNow[], choice: UnitChoice) {
  const pages = Math.max(1, Math.ceil(chosen.length / A_PAGE));
  const page = Math.min(choice.page, pages);
  return { units: chosen.slice((page - 1) * A_PAGE, page * A_PAGE), page, pages };
}

/** Who runs out this week, the soonest first. */
export function runsOutSoon(units: readonly UnitNow[]): readonly UnitNow[] {
  return units
    .filter((unit) => unit.light === "dim")
    .toSorted((one, two) => daysOf(one) - daysOf(two));
}

export function daysOf({ isVacant, estimate }: UnitNow): number {
  return isVacant || estimate.basis === "unknown" ? Number.MAX_SAFE_INTEGER : estimate.daysLeft;
}

/** The windows of the units chosen, in their order. */
export function windowsOf(
  chosen: readonly UnitNow[],
  windows: ReadonlyMap<string, FacadeUnitView>,
): readonly FacadeUnitView[] {
  return chosen.flatMap(({ id }) => windows.get(id) ?? []);
}
