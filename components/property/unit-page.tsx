import { LeaseAccounts, type LeaseAccountView } from "@/components/ledger/lease-account";
import {
  BoughtAgainstUsed,
  type BoughtAgainstUsedView,
} from "@/components/metering/bought-against-used";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { Figures, type FigureView } from "@/components/ui/figures";
import { LinkButton } from "@/components/ui/link-button";
import { StateMark } from "@/components/ui/state-mark";
import type { Translate } from "@/components/ui/translate";
import { type Light, lightWord } from "./light";
import { Residents, type ResidentsView } from "./residents";
import { TopUpHistory, type TopUpView } from "./top-up-history";
import { UnitMeters, type UnitMetersView } from "./unit-meters";
import { type StoryView, UnitStory } from "./unit-story";
import { WindowDrawing } from "./window-drawing";

export type UnitView = {
  readonly label: string;
  readonly light: Light;
  readonly needsYou: string | null;
  readonly building: { readonly name: string; readonly href: string };
  readonly figures: readonly FigureView[];
  readonly facts: readonly {
    readonly label: string;
    readonly valueText: string;
    readonly isDigits?: boolean;
  }[];
  /** Null for a role that never meets money: what was bought is not told, not even that. */
  readonly topUps: readonly TopUpView[] | null;
  /** Null where there is nothing to show it of. */
  readonly usage: BoughtAgainstUsedView | null;
  /** Null where nobody can live. */
  readonly residents: ResidentsView | null;
  /** What its leases owe; none for who does not see the ledger. */
  readonly accounts: readonly LeaseAccountView[];
  readonly meters: UnitMetersView;
  readonly story: StoryView;
  readonly buyHref: string | null;
  readonly practiceMeterHref: string | null;
};

/** One unit: its facts and what can be done on one side, its top-ups on the other. */
export function UnitPage({
  frame,
  view,
}: {
  readonly frame: ConsoleFrame;
  readonly view: UnitView;
}) {
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <a href={view.building.href} className="text-quiet hover:text-ink hover:underline">
        {t("unit.back", { building: view.building.name })}
      </a>
      <UnitHead view={view} t={t} />
      <div className="mt-6">
        <Figures figures={view.figures} />
      </div>
      {view.usage ? <BoughtAgainstUsed view={view.usage} t={t} /> : null}
      <div className="mt-8 grid gap-x-12 items-start gap-y-8 desk:grid-cols-[19rem_minmax(0,1fr)]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-8">
          <UnitFacts view={view} t={t} />
          <UnitMeters view={view.meters} t={t} />
          {view.residents ? <Residents view={view.residents} t={t} /> : null}
          <LeaseAccounts accounts={view.accounts} t={t} />
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-10">
          <UnitStory view={view.story} t={t} />
          {view.topUps ? <TopUpHistory unitLabel={view.label} topUps={view.topUps} t={t} /> : null}
        </div>
      </div>
    </ConsoleShell>
  );
}

type Part = { readonly view: UnitView; readonly t: Translate };

function UnitHead({ view, t }: Part) {
  return (
    <div className="mt-2 flex items-center gap-4">
      <span className="panes-2 h-10 w-12 shrink-0">
        <WindowDrawing light={view.light} needsYou={view.needsYou !== null} />
      </span>
      <div className="min-w-0">
        <h1 className="text-title font-strong tracking-tight">
          <bdi>{view.label}</bdi>
        </h1>
        <p className="flex items-center gap-2 text-quiet">
          {view.needsYou ? (
            <>
              <StateMark kind="refused" /> <span className="text-brick">{view.needsYou}</span>
            </>
          ) : (
            t(lightWord(view.light))
          )}
        </p>
      </div>
    </div>
  );
}

function UnitFacts({ view, t }: Part) {
  return (
    <section>
      <h2 className="mb-3 text-lead font-strong">{t("unit.facts")}</h2>
      <dl className="border-t border-line">
        {view.facts.map((fact) => (
          <div key={fact.label} className="flex justify-between gap-4 border-b border-line py-2">
            <dt className="text-quiet">{fact.label}</dt>
            <dd className={`min-w-0 text-end ${fact.isDigits ? "font-mono" : ""}`}>
              <bdi dir={fact.isDigits ? "ltr" : undefined}>{fact.valueText}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-4 flex flex-wrap gap-2">
        {view.buyHref ? (
          <LinkButton href={view.buyHref} size="console" kind="primary">
            {t("unit.buy")}
          </LinkButton>
        ) : null}
        {view.practiceMeterHref ? (
          <LinkButton href={view.practiceMeterHref} size="console">
            {t("unit.openMeter")}
          </LinkButton>
        ) : null}
      </div>
    </section>
  );
}
