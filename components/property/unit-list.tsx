import { Table } from "@/components/ui/table";
import type { Translate } from "@/components/ui/translate";
import type { FacadeUnitView, FacadeView } from "./facade";
import { lightWord } from "./light";
import { WindowDrawing } from "./window-drawing";

/** The same as the façade, as a list: for a screen reader, for print, for whoever reads rather. */
export function UnitList({ view, t }: { readonly view: FacadeView; readonly t: Translate }) {
  const units = view.floors.flatMap((floor) => floor.units);
  return (
    <Table
      caption={t("building.list")}
      columns={[
        { key: "unit", label: t("building.unit") },
        { key: "light", label: t("building.credit") },
        { key: "credit", label: t("building.creditLeft"), isNumber: true, isWideOnly: true },
        { key: "last", label: t("building.lastPurchase"), isNumber: true },
      ]}
      rows={units.map((unit) => ({
        key: unit.unitId,
        cells: {
          unit: <UnitName unit={unit} />,
          light: <LightCell unit={unit} t={t} />,
          credit: unit.creditText,
          last: unit.lastPurchaseText,
        },
      }))}
    />
  );
}

function UnitName({ unit }: { readonly unit: FacadeUnitView }) {
  return (
    <>
      <a
        href={unit.href}
        className="inline-block min-w-14 underline decoration-line underline-offset-4
          hover:decoration-ink"
      >
        <bdi>{unit.label}</bdi>
      </a>
      {unit.needsYou ? (
        <span className="mt-0.5 flex items-center gap-1.5 text-small font-normal text-brick">
          <svg viewBox="0 0 10 10" className="size-2.5 shrink-0" aria-hidden="true">
            <path d="M0 0h10v10Z" className="fill-current" />
          </svg>
          {unit.needsYou}
        </span>
      ) : null}
    </>
  );
}

function LightCell({ unit, t }: { readonly unit: FacadeUnitView; readonly t: Translate }) {
  return (
    <span className="flex items-start gap-2">
      <span className="mt-1 h-4 w-5 shrink-0">
        <WindowDrawing light={unit.light} needsYou={false} panes={1} />
      </span>
      <span>
        {t(lightWord(unit.light))}
        <span className="block text-small text-quiet tablet:hidden">{unit.creditText}</span>
      </span>
    </span>
  );
}
