import { ActionForm, type ActionFormView } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { FormState } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/components/ui/translate";
import { type IssueRowView, MeterIssues } from "./meter-issues";
import {
  Forms,
  type MeterLifeView,
  MeterReadings,
  type MeterReadingsView,
  MeterStays,
} from "./meter-life";
import { PROOF_MARKS, type Proof } from "./meter-proof-text";
import { MeterTestSteps, type MeterTestView } from "./meter-test-steps";

type Action = (previous: FormState, form: FormData) => Promise<FormState>;

export type MeterPageView = {
  readonly backHref: string;
  readonly numberText: string;
  readonly proof: { readonly kind: Proof; readonly title: string; readonly text: string };
  readonly facts: readonly { readonly label: string; readonly valueText: string }[];
  readonly practiceMeterHref: string | null;
  /** Null where there is nothing to prove, or nobody here could. */
  readonly test: MeterTestView | null;
  readonly hasFreeIssue: boolean;
  /** Null for a meter that hangs somewhere. */
  readonly install: ActionFormView | null;
  readonly issues: readonly IssueRowView[];
  readonly life: MeterLifeView;
  readonly readings: MeterReadingsView;
  /** Null for a meter that nothing is sold for. */
  readonly sales: MeterSalesView | null;
};

export type MeterSalesView = { readonly text: string; readonly form: ActionFormView };

export type MeterActions = {
  readonly start: Action;
  readonly make: Action;
  readonly answer: Action;
  readonly ask: Action;
  readonly install: Action;
  readonly setSales: Action;
};

// What is decided beside what is told; on a phone what is told longest comes last.
const TWO_COLUMNS = "desk:grid-cols-[minmax(0,1fr)_22rem] desk:grid-rows-[auto_1fr]";

/** One meter: whose it is and why, what to do about it, and what was asked for it. */
export function MeterPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: MeterPageView;
  readonly actions: MeterActions;
}) {
  const { frame, view, actions } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <a href={view.backHref} className="text-quiet hover:text-ink hover:underline">
        {t("ownMeter.back")}
      </a>
      <h1 className="mt-2 mb-4 font-mono text-title font-strong tracking-tight" dir="ltr">
        {view.numberText}
      </h1>
      <div className="max-w-reading">
        <Notice kind={PROOF_MARKS[view.proof.kind]} title={view.proof.title}>
          {view.proof.text}
        </Notice>
      </div>
      <div className={`mt-8 grid gap-x-12 gap-y-10 ${TWO_COLUMNS}`}>
        <div className="grid content-start gap-10">
          {view.test ? <MeterTestSteps test={view.test} actions={actions} t={t} /> : null}
          <MeterIssues issues={view.issues} make={actions.make} t={t} />
        </div>
        <div className="grid content-start gap-10 desk:row-span-2">
          <MeterFacts view={view} t={t} />
          <Forms forms={view.life.forms} />
          {view.install ? (
            <section>
              <h2 className="mb-3 text-lead font-strong">{t("ownMeter.installTitle")}</h2>
              <ActionForm action={actions.install} view={view.install} />
            </section>
          ) : null}
          {view.hasFreeIssue ? <FreeIssue ask={actions.ask} t={t} /> : null}
          {view.sales ? (
            <section>
              <h2 className="mb-1 text-lead font-strong">{t("ownMeter.salesTitle")}</h2>
              <p className="mb-4 text-quiet">{view.sales.text}</p>
              <ActionForm action={actions.setSales} view={view.sales.form} />
            </section>
          ) : null}
        </div>
        <div className="grid content-start gap-10">
          <MeterStays view={view.life} t={t} />
          <MeterReadings view={view.readings} t={t} />
        </div>
      </div>
    </ConsoleShell>
  );
}

function MeterFacts({ view, t }: { readonly view: MeterPageView; readonly t: Translate }) {
  return (
    <section>
      <h2 className="mb-3 text-lead font-strong">{t("ownMeter.facts")}</h2>
      <dl className="border-t border-line">
        {view.facts.map(({ label, valueText }) => (
          <div key={label} className="flex justify-between gap-4 border-b border-line py-2">
            <dt className="text-quiet">{label}</dt>
            <dd className="min-w-0 text-end">
              <bdi>{valueText}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {view.practiceMeterHref && view.test?.step !== "type" ? (
        <div className="mt-4">
          <LinkButton href={view.practiceMeterHref} size="console">
            {t("ownMeter.practiceMeter")}
          </LinkButton>
        </div>
      ) : null}
    </section>
  );
}

function FreeIssue({ ask, t }: { readonly ask: Action; readonly t: Translate }) {
  return (
    <section>
      <h2 className="mb-1 text-lead font-strong">{t("ownMeter.freeTitle")}</h2>
      <p className="mb-4 text-quiet">{t("ownMeter.freeText")}</p>
      <ActionForm
        action={ask}
        view={{
          id: "free-issue",
          submit: t("ownMeter.freeAsk"),
          fields: [
            { kind: "text", name: "energy", label: t("ownMeter.freeEnergy"), maxLength: 12 },
            { kind: "long", name: "reason", label: t("ownMeter.freeReason"), maxLength: 500 },
          ],
        }}
      />
    </section>
  );
}
