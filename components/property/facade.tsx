"use client";

import { densityOf, type FacadeDensity } from "./facade-density";
import { Entrance, Roof } from "./facade-masonry";
import { FacadeWalk } from "./facade-walk";
import type { Light } from "./light";
import { WindowLink, type WindowView } from "./window-link";

export type FacadeUnitView = WindowView & { readonly unitId: string };

/** A window as it travels: what is told of it as it is read, and what stands on it. */
type FacadeWindow = readonly [unitId: string, label: string, light: Light, told: string];

export type FacadeView = {
  readonly buildingName: string;
  /** From the ground up, as one counts. */
  readonly floors: readonly {
    /** 0 is the ground floor. */
    readonly number: string;
    readonly label: string;
    readonly units: readonly FacadeUnitView[];
  }[];
};

/** What the façade is drawn from: few words a window, for hundreds of them travel to the script. */
export type FacadePlan = {
  readonly buildingName: string;
  /** The section's name, and what stands below it while no window is pointed at. */
  readonly label: string;
  readonly hint: string;
  /** Where a unit's page is, before its id. */
  readonly unitPath: string;
  readonly floors: readonly {
    readonly number: string;
    readonly label: string;
    readonly windows: readonly FacadeWindow[];
    /** Places of the windows that need a person. */
    readonly needsYou: readonly number[];
  }[];
};

/**
 * The building as its own elevation: a row of windows to a floor, lit by remaining credit. Drawn on
 * the server too; windows are links, so it works without script, which adds the arrow keys. Where
 * it is wider than the screen it scrolls, floors keep their labels.
 */
export function Facade({ view }: { readonly view: FacadePlan }) {
  const columns = Math.max(1, ...view.floors.map((floor) => floor.windows.length));
  const density = densityOf(columns, view.floors.length);
  return (
    <FacadeWalk label={view.label} hint={view.hint}>
      <div className="facade relative overflow-x-auto pt-1 pb-0.5">
        {/* A wall has no reading direction: it is drawn as it stands, in every language. */}
        <div dir="ltr" className="w-full min-w-max">
          <Roof />
          <div className="mx-2 border-x border-stone bg-wall pt-2">
            {view.floors.toReversed().map((floor) => (
              <Floor
                key={floor.label}
                floor={floor}
                unitPath={view.unitPath}
                columns={columns}
                density={density}
              />
            ))}
            <Entrance name={view.buildingName} />
          </div>
          <div className="h-px bg-edge" />
        </div>
      </div>
    </FacadeWalk>
  );
}

function Floor(props: {
  readonly floor: FacadePlan["floors"][number];
  readonly unitPath: string;
  readonly columns: number;
  readonly density: FacadeDensity;
}) {
  const { floor, unitPath, density } = props;
  // A floor with fewer units keeps the others' window width: blind wall fills the rest.
  const blind = Array.from(
    { length: props.columns - floor.windows.length },
    (_, index) => `blind-${index}`,
  );
  return (
    <div className="relative flex border-b border-stone">
      <span
        aria-hidden="true"
        className={`sticky start-0 z-1 w-8 shrink-0 self-stretch bg-wall pt-2 text-center text-small
          text-quiet ${density.floorNameClass}`}
      >
        {floor.number}
      </span>
      <ul
        aria-label={floor.label}
        className={`grid grow auto-cols-fr grid-flow-col ${density.floorClass}`}
      >
        {floor.windows.map(([unitId, label, light, told], column) => (
          <li key={unitId}>
            <WindowLink
              href={`${unitPath}${unitId}`}
              label={label}
              light={light}
              told={told}
              needsYou={floor.needsYou.includes(column)}
            />
          </li>
        ))}
        {blind.map((key) => (
          <li key={key} role="presentation" />
        ))}
      </ul>
    </div>
  );
}
