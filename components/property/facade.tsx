import type { Translate } from "@/components/ui/translate";
import { densityOf, type FacadeDensity } from "./facade-density";
import { Entrance, Roof } from "./facade-masonry";
import { FacadeWalk } from "./facade-walk";
import { ShutterPattern } from "./window-drawing";
import { WindowLink, type WindowView } from "./window-link";

export type FacadeUnitView = WindowView & { readonly unitId: string };

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

/**
 * The building as its own elevation: a row of windows to a floor, lit by remaining credit. Drawn on
 * the server; windows are links, so it works without script, and a small leaf adds the arrow keys.
 * Where it is wider than the screen it scrolls, floors keep their labels.
 */
export function Facade({ view, t }: { readonly view: FacadeView; readonly t: Translate }) {
  const columns = Math.max(1, ...view.floors.map((floor) => floor.units.length));
  const density = densityOf(columns, view.floors.length);
  return (
    <FacadeWalk
      label={t("building.facade", { building: view.buildingName })}
      hint={t("building.point")}
    >
      <ShutterPattern />
      <div className="relative overflow-x-auto pt-1 pb-0.5">
        {/* A wall has no reading direction: it is drawn as it stands, in every language. */}
        <div dir="ltr" className="w-full min-w-max">
          <Roof />
          <div className="mx-2 border-x border-stone bg-wall pt-2">
            {view.floors.toReversed().map((floor, index) => (
              <Floor
                key={floor.label}
                name={floor.number}
                label={floor.label}
                units={floor.units}
                row={index}
                columns={columns}
                density={density}
                t={t}
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
  readonly name: string;
  readonly label: string;
  readonly units: readonly FacadeUnitView[];
  readonly row: number;
  readonly columns: number;
  readonly density: FacadeDensity;
  readonly t: Translate;
}) {
  const { name, units, row, density, t } = props;
  // A floor with fewer units keeps the others' window width: blind wall fills the rest.
  const blind = Array.from(
    { length: props.columns - units.length },
    (_, index) => `blind-${index}`,
  );
  return (
    <div className="relative flex border-b border-stone">
      <span
        aria-hidden="true"
        className={`sticky start-0 z-1 w-8 shrink-0 self-stretch bg-wall pt-2 text-center text-small
          text-quiet ${density.floorNameClass}`}
      >
        {name}
      </span>
      <ul
        aria-label={props.label}
        className={`grid grow auto-cols-fr grid-flow-col ${density.floorClass}`}
      >
        {units.map((unit, column) => (
          <li key={unit.unitId}>
            <WindowLink view={unit} row={row} column={column} density={density} t={t} />
          </li>
        ))}
        {blind.map((key) => (
          <li key={key} role="presentation" />
        ))}
      </ul>
    </div>
  );
}
