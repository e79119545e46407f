import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { Figures, type FigureView } from "@/components/ui/figures";
import { Facade, type FacadeView } from "./facade";
import { FacadeLegend } from "./facade-legend";
import { SalesList, type SaleView } from "./sales-list";
import { UnitList } from "./unit-list";

export type BuildingView = {
  readonly facade: FacadeView;
  /** Street and town, and how many units: beside the name, quietly. */
  readonly placeText: string;
  readonly unitCount: number;
  readonly brightCount: number;
  readonly figures: readonly FigureView[];
  readonly sales: readonly SaleView[];
};

/** The landlord's home: the building's figures, its façade, recent sales, all units as a list. */
export function BuildingPage(props: { readonly frame: ConsoleFrame; readonly view: BuildingView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <h1 className="text-title font-strong tracking-tight">
        <bdi>{view.facade.buildingName}</bdi>
      </h1>
      <p className="text-quiet">
        <bdi>{view.placeText}</bdi> · {t("building.unitCount", { count: view.unitCount })}
      </p>
      <div className="mt-6">
        <Figures figures={view.figures} />
      </div>
      {view.unitCount === 0 ? (
        <div className="mt-8">
          <EmptyState title={t("building.empty")} text={t("building.emptyText")} />
        </div>
      ) : (
        <BuildingBody frame={frame} view={view} />
      )}
    </ConsoleShell>
  );
}

function BuildingBody({
  frame,
  view,
}: {
  readonly frame: ConsoleFrame;
  readonly view: BuildingView;
}) {
  const { t } = frame;
  return (
    <div className="mt-8 grid gap-x-12 gap-y-10 desk:grid-cols-[minmax(0,1fr)_19rem]">
      <div className="min-w-0">
        <p className="mb-4 text-lead">
          {t("building.summary", { lit: view.brightCount, count: view.unitCount })}
        </p>
        <a
          href="#units"
          className="sr-only focus:not-sr-only focus:mb-3 focus:inline-block focus:p-2"
        >
          {t("building.skipFacade")}
        </a>
        <Facade view={view.facade} t={t} />
        <FacadeLegend t={t} />
      </div>
      <section>
        <h2 className="mb-3 text-lead font-strong">{t("building.sales")}</h2>
        <SalesList sales={view.sales} t={t} />
      </section>
      <section id="units" className="desk:col-span-2">
        <UnitList view={view.facade} t={t} />
      </section>
    </div>
  );
}
