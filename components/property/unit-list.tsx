import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { Select } from "@/components/ui/select";
import type { Translate } from "@/components/ui/translate";
import type { FacadeUnitView } from "./facade";
import { LIGHTS, type Light, lightWord } from "./light";
import { UnitRows, type UnitRowWords } from "./unit-rows";

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
        <UnitRows units={view.units} words={wordsOf(t)} />
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

/** What the rows say beside their own figures, for the script that draws them again. */
function wordsOf(t: Translate): UnitRowWords {
  return {
    caption: t("building.list"),
    unit: t("building.unit"),
    credit: t("building.credit"),
    creditLeft: t("building.creditLeft"),
    lastPurchase: t("building.lastPurchase"),
    lights: {
      bright: t(lightWord("bright")),
      dim: t(lightWord("dim")),
      dark: t(lightWord("dark")),
      vacant: t(lightWord("vacant")),
      unknown: t(lightWord("unknown")),
    },
  };
}
