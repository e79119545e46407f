import {
  BoughtAgainstUsed,
  type BoughtAgainstUsedView,
} from "@/components/metering/bought-against-used";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { Figures, type FigureView } from "@/components/ui/figures";
import { Facade, type FacadePlan } from "./facade";
import { FacadeLegend } from "./facade-legend";
import { FacadeLive } from "./facade-live";
import { NeedsYou, type NeedView } from "./needs-you";
import { SalesList, type SaleView } from "./sales-list";
import { UnitList, type UnitListView } from "./unit-list";

export type BuildingView = {
  readonly facade: FacadePlan;
  /** The page itself, without its choices. */
  readonly path: string;
  /** Street and town, and how many units: beside the name, quietly. */
  readonly placeText: string;
  readonly roomsHref: string;
  /** Null for a role that never meets money. */
  readonly reconciliationHref: string | null;
  readonly unitCount: number;
  readonly brightCount: number;
  readonly figures: readonly FigureView[];
  readonly needs: readonly NeedView[];
  readonly runsOut: readonly NeedView[];
  /** Where they are more than a page of a building tells of. */
  readonly allRunOut: { readonly count: number; readonly href: string } | null;
  readonly usage: BoughtAgainstUsedView | null;
  /** Null for a role that never meets money. */
  readonly salesHref: string | null;
  readonly sales: readonly SaleView[];
  readonly list: UnitListView;
};

const LINK = "underline decoration-line underline-offset-4 hover:decoration-ink";

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
      <p className="mt-1 flex flex-wrap gap-x-5 gap-y-1">
        <a href={view.roomsHref} className={LINK}>
          {t("rooms.title")}
        </a>
        {view.reconciliationHref ? (
          <a href={view.reconciliationHref} className={LINK}>
            {t("rooms.reconciliation")}
          </a>
        ) : null}
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

type Part = { readonly frame: ConsoleFrame; readonly view: BuildingView };

function BuildingBody({ frame, view }: Part) {
  const { t } = frame;
  return (
    <>
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
          <Facade view={view.facade} />
          <FacadeLive path={`${view.path}/lights`} />
          <FacadeLegend t={t} />
        </div>
        <BuildingAside frame={frame} view={view} />
      </div>
      {view.usage ? <BoughtAgainstUsed view={view.usage} t={t} /> : null}
      <section id="units" className="mt-10 border-t border-line pt-6">
        <UnitList view={view.list} path={view.path} all={view.unitCount} t={t} />
      </section>
    </>
  );
}

function BuildingAside({ frame, view }: Part) {
  const { t } = frame;
  return (
    <div className="grid content-start gap-8">
      <NeedsYou
        id="needs"
        title={t("building.needs")}
        emptyText={t("building.needsNothing")}
        rows={view.needs}
        isMarked
        t={t}
      />
      <NeedsYou
        id="runs-out"
        title={t("building.runsOut")}
        emptyText={t("building.runsOutNone")}
        rows={view.runsOut}
        all={view.allRunOut}
        isMarked={false}
        t={t}
      />
      {view.salesHref ? (
        <section>
          <h2 className="mb-3 text-lead font-strong">{t("building.sales")}</h2>
          <SalesList sales={view.sales} t={t} />
          <a href={view.salesHref} className="mt-2 inline-block py-1 text-small underline">
            {t("building.allSales")}
          </a>
        </section>
      ) : null}
    </div>
  );
}
