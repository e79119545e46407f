import {
  BoughtAgainstUsed,
  type BoughtAgainstUsedView,
} from "@/components/metering/bought-against-used";
import { Button } from "@/components/ui/button";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Select } from "@/components/ui/select";
import { Table } from "@/components/ui/table";
import type { Translate } from "@/components/ui/translate";
import { AlarmNotices, type AlarmView } from "./alarm-notices";
import { LightStrip, type LightStripView } from "./light-strip";
import { WindowDrawing } from "./window-drawing";

export type BuildingRowView = {
  readonly buildingId: string;
  readonly href: string;
  readonly name: string;
  readonly placeText: string;
  readonly unitsText: string;
  readonly strip: LightStripView;
  readonly stripText: string;
  readonly soldTodayText: string;
  readonly soldEnergyText: string;
  readonly usedMonthText: string;
  readonly outOfCreditText: string;
  readonly needsYouText: string;
};

export type FirstHourView = {
  readonly text: string;
  /** Where a building is imported and where it is drawn; null for who may not. */
  readonly importHref: string | null;
  readonly drawHref: string | null;
  readonly tariffHref: string | null;
  readonly done: { readonly building: boolean; readonly tariff: boolean; readonly sale: boolean };
  /** There is a building, and nothing has been sold yet. */
  readonly isUnderWay: boolean;
};

export type BuildingsView = {
  readonly alarms: readonly AlarmView[];
  readonly path: string;
  readonly query: { readonly text: string; readonly sort: string };
  readonly seesMoney: boolean;
  readonly isFiltered: boolean;
  readonly countText: string;
  readonly totalsText: string;
  readonly buildings: readonly BuildingRowView[];
  readonly pages: {
    readonly text: string;
    readonly previousHref: string | null;
    readonly nextHref: string | null;
  } | null;
  readonly firstHour: FirstHourView;
  readonly usage: BoughtAgainstUsedView | null;
};

type Part = { readonly view: BuildingsView; readonly t: Translate };

/** All buildings of an organization, each with the figures that decide which one to open. */
export function BuildingsPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: BuildingsView;
}) {
  const { frame, view } = props;
  const { t } = frame;
  const isEmpty = view.buildings.length === 0;
  return (
    <ConsoleShell frame={frame}>
      <AlarmNotices alarms={view.alarms} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-title font-strong tracking-tight">{t("buildings.title")}</h1>
        {view.firstHour.drawHref && !(isEmpty && !view.isFiltered) ? (
          <LinkButton href={view.firstHour.drawHref} size="console">
            {t("buildings.add")}
          </LinkButton>
        ) : null}
      </div>
      {isEmpty && !view.isFiltered ? (
        <FirstHour view={view.firstHour} t={t} />
      ) : (
        <>
          {view.firstHour.isUnderWay && !view.isFiltered ? (
            <FirstHour view={view.firstHour} t={t} />
          ) : null}
          <p className="mb-5 text-quiet">
            {view.countText}
            {view.totalsText === "" ? null : ` · ${view.totalsText}`}
          </p>
          <Filter view={view} t={t} />
          <div className="mt-6">
            {isEmpty ? <NoMatch view={view} t={t} /> : <List view={view} t={t} />}
          </div>
          <Pages view={view} t={t} />
          {view.usage ? <BoughtAgainstUsed view={view.usage} t={t} /> : null}
        </>
      )}
    </ConsoleShell>
  );
}

function Filter({ view, t }: Part) {
  const sorts = [
    { value: "dark", label: t("buildings.sortDark") },
    ...(view.seesMoney ? [{ value: "sold", label: t("buildings.sortSold") }] : []),
    { value: "needs", label: t("buildings.sortNeeds") },
  ];
  const { text, sort } = view.query;
  return (
    <search>
      <form action={view.path} method="get" className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <div className="w-full min-w-0 tablet:w-72">
          <label htmlFor="q" className="mb-1 block text-small text-quiet">
            {t("buildings.search")}
          </label>
          <input
            id="q"
            name="q"
            type="search"
            defaultValue={text}
            className="h-9 w-full min-w-0 rounded-control border border-edge bg-raised px-2.5"
          />
        </div>
        <Select
          id="sort"
          name="sort"
          label={t("buildings.sort")}
          value={sort === "name" ? null : sort}
          none={t("buildings.sortName")}
          options={sorts}
        />
        <Button size="console">{t("buildings.find")}</Button>
      </form>
    </search>
  );
}

function List({ view, t }: Part) {
  return (
    <Table
      caption={t("buildings.title")}
      isCaptionHidden
      columns={[
        { key: "name", label: t("buildings.building") },
        { key: "credit", label: t("buildings.credit"), isWideOnly: true },
        { key: "units", label: t("buildings.units"), isNumber: true, isWideOnly: true },
        { key: "out", label: t("buildings.outOfCredit"), isNumber: true, isWideOnly: true },
        { key: "used", label: t("buildings.usedMonth"), isNumber: true, isWideOnly: true },
        { key: "sold", label: t("buildings.soldToday"), isNumber: true },
      ]}
      rows={view.buildings.map((building) => ({
        key: building.buildingId,
        cells: {
          name: <BuildingName building={building} t={t} />,
          credit: (
            <span className="block w-40 pt-1.5">
              <LightStrip view={building.strip} text={building.stripText} />
            </span>
          ),
          units: building.unitsText,
          out: building.outOfCreditText,
          used: building.usedMonthText,
          sold: (
            <>
              <bdi>{building.soldTodayText}</bdi>
              <span className="block text-small text-quiet">{building.soldEnergyText}</span>
            </>
          ),
        },
      }))}
    />
  );
}

function BuildingName(props: { readonly building: BuildingRowView; readonly t: Translate }) {
  const { building, t } = props;
  return (
    <>
      <a href={building.href} className="block hover:underline">
        <bdi className="block text-lead">{building.name}</bdi>
        <bdi className="block text-small font-normal text-quiet">{building.placeText}</bdi>
      </a>
      <span className="mt-1.5 block w-28 tablet:hidden">
        <LightStrip view={building.strip} text={building.stripText} />
      </span>
      {building.needsYouText === "" ? null : (
        <a
          href={`${building.href}#needs`}
          className="mt-1 inline-flex items-center gap-1.5 text-small font-normal text-brick
            hover:underline"
        >
          <svg viewBox="0 0 10 10" className="size-2.5 shrink-0" aria-hidden="true">
            <path d="M0 0h10v10Z" className="fill-current" />
          </svg>
          {t("buildings.needsYou")}: {building.needsYouText}
        </a>
      )}
    </>
  );
}

function NoMatch({ view, t }: Part) {
  const all = { href: view.path, label: t("buildings.showAll") };
  return (
    <EmptyState title={t("buildings.noMatch")} text={t("buildings.noMatchText")} action={all} />
  );
}

function Pages({ view, t }: Part) {
  if (!view.pages) return null;
  const { text, previousHref, nextHref } = view.pages;
  return (
    <nav aria-label={text} className="mt-4 flex flex-wrap items-center gap-4">
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

type Step = {
  readonly title: string;
  readonly text: string;
  readonly isDone: boolean;
  readonly links: readonly { readonly href: string | null; readonly label: string }[];
};

function stepsOf({ importHref, drawHref, tariffHref, done }: FirstHourView, t: Translate): Step[] {
  return [
    {
      title: t("buildings.step1"),
      text: t("buildings.step1Text"),
      isDone: done.building,
      links: [
        { href: importHref, label: t("buildings.import") },
        { href: drawHref, label: t("buildings.draw") },
      ],
    },
    {
      title: t("buildings.step2"),
      text: t("buildings.step2Text"),
      isDone: done.tariff,
      links: [{ href: tariffHref, label: t("buildings.step2Link") }],
    },
    {
      title: t("buildings.step3"),
      text: t("buildings.step3Text"),
      isDone: done.sale,
      links: [],
    },
  ];
}

/** The three steps to the first token: the window of each lights up when it is done. */
function FirstHour({ view, t }: { readonly view: FirstHourView; readonly t: Translate }) {
  return (
    <div className="my-6 border-y border-line py-8">
      <h2 className="text-lead font-strong">
        {t(view.isUnderWay && view.done.building ? "buildings.underWay" : "buildings.empty")}
      </h2>
      {view.done.building ? null : <p className="mt-1 max-w-reading text-quiet">{view.text}</p>}
      {view.importHref ? (
        <ol aria-label={t("buildings.steps")} className="mt-6 grid gap-6 tablet:grid-cols-3">
          {stepsOf(view, t).map((step, index) => (
            <FirstStep key={step.title} step={step} number={index + 1} t={t} />
          ))}
        </ol>
      ) : null}
    </div>
  );
}

function FirstStep(props: { readonly step: Step; readonly number: number; readonly t: Translate }) {
  const { step, number, t } = props;
  return (
    <li>
      <span className="panes-2 mb-3 block h-11 w-14">
        <WindowDrawing light={step.isDone ? "bright" : "dark"} needsYou={false} />
      </span>
      <p className="font-medium">
        {number}. {step.title}
        {step.isDone ? <span className="text-quiet"> · {t("buildings.stepDone")}</span> : null}
      </p>
      <p className="mb-3 text-small text-quiet">{step.text}</p>
      {step.isDone ? null : (
        <div className="flex flex-wrap gap-2">
          {step.links.map(({ href, label }, index) =>
            href ? (
              <LinkButton
                key={label}
                href={href}
                size="console"
                {...(index === 0 && number === 1 ? { kind: "primary" as const } : {})}
              >
                {label}
              </LinkButton>
            ) : null,
          )}
        </div>
      )}
    </li>
  );
}
