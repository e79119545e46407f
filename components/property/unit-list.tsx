import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { Select } from "@/components/ui/select";
import { Table } from "@/components/ui/table";
import type { Translate } from "@/components/ui/translate";
import type { FacadeUnitView } from "./facade";
import { LIGHTS, type Light, lightWord } from "./light";
import { WindowDrawing } from "./window-drawing";

export type UnitListView = {
  readonly choice: {
    readonly q: string;
    readonly floor: string | null;
    readonly light: Light | null;
    readonly sort: string;
  };
  readonly floors: readonly { readonly value: string; readonly label: string }[];
  /** How many were chosen; `units` are those of the page. */
  readonly chosenCount: number;
  readonly units: readonly FacadeUnitView[];
  /** Null where one page holds them all. */
  readonly pages: {
    readonly text: string;
    readonly previousHref: string | null;
    readonly nextHref: string | null;
  } | null;
  readonly csvHref: string;
};

/** The same as the façade, as a list: for a screen reader, for print, for whoever reads rather. */
export function UnitList(props: {
  readonly view: UnitListView;
  readonly path: string;
  readonly all: number;
  readonly t: Translate;
}) {
  const { view, all, t } = props;
  const count = view.chosenCount;
  return (
    <>
      <h2 className="mb-3 text-lead font-strong">{t("building.list")}</h2>
      <Choice view={view} path={props.path} t={t} />
      <p className="mt-3 mb-2 flex flex-wrap gap-x-4 text-small text-quiet">
        <span>{t("building.shown", { count, all })}</span>
        <a href={view.csvHref} className="underline hover:text-ink">
          {t("building.csv")}
        </a>
      </p>
      {count === 0 ? (
        <p className="py-4">{t("building.noUnitMatch")}</p>
      ) : (
        <Units view={view} t={t} />
      )}
      <Pages view={view} t={t} />
    </>
  );
}

function Pages({ view, t }: { readonly view: UnitListView; readonly t: Translate }) {
  if (!view.pages) return null;
  const { text, previousHref, nextHref } = view.pages;
  return (
    <nav aria-label={t("building.pages")} className="mt-4 flex flex-wrap items-center gap-4">
      {previousHref ? (
        <LinkButton href={previousHref} size="console">
          {t("buildings.previous")}
        </LinkButton>
      ) : null}
      {nextHref ? (
        <LinkButton href={nextHref} size="console">
          {t("buildings.next")}
        </LinkButton>
      ) : null}
      <p className="text-small text-quiet">{text}</p>
    </nav>
  );
}

function Choice(props: {
  readonly view: UnitListView;
  readonly path: string;
  readonly t: Translate;
}) {
  const { view, path, t } = props;
  const { q, floor, light, sort } = view.choice;
  const all = t("building.filterAll");
  return (
    <search>
      <form
        action={`${path}#units`}
        method="get"
        className="grid grid-cols-2 items-end gap-3 tablet:flex tablet:flex-wrap"
      >
        <div className="col-span-2 min-w-0 tablet:w-56">
          <label htmlFor="q" className="mb-1 block text-small text-quiet">
            {t("building.filterSearch")}
          </label>
          <input
            id="q"
            name="q"
            type="search"
            defaultValue={q}
            className="h-9 w-full min-w-0 rounded-control border border-edge bg-raised px-2.5"
          />
        </div>
        <Select
          id="floor"
          name="floor"
          label={t("building.filterFloor")}
          value={floor}
          none={all}
          options={view.floors}
        />
        <Select
          id="light"
          name="light"
          label={t("building.filterLight")}
          value={light}
          none={all}
          options={LIGHTS.map((value) => ({ value, label: t(lightWord(value)) }))}
        />
        <Select
          id="sort"
          name="sort"
          label={t("building.filterSort")}
          value={sort === "place" ? null : sort}
          none={t("building.sortPlace")}
          options={[
            { value: "runs-out", label: t("building.sortRunsOut") },
            { value: "label", label: t("building.sortLabel") },
          ]}
        />
        <Button size="console">{t("building.show")}</Button>
      </form>
    </search>
  );
}

function Units({ view, t }: { readonly view: UnitListView; readonly t: Translate }) {
  return (
    <Table
      caption={t("building.list")}
      isCaptionHidden
      columns={[
        { key: "unit", label: t("building.unit") },
        { key: "light", label: t("building.credit") },
        { key: "credit", label: t("building.creditLeft"), isNumber: true, isWideOnly: true },
        { key: "last", label: t("building.lastPurchase"), isNumber: true },
      ]}
      rows={view.units.map((unit) => ({
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
        <WindowDrawing light={unit.light} needsYou={false} />
      </span>
      <span>
        {t(lightWord(unit.light))}
        <span className="block text-small text-quiet tablet:hidden">{unit.creditText}</span>
      </span>
    </span>
  );
}
