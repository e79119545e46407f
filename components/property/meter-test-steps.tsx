import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import type { FormState } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { StateMark } from "@/components/ui/state-mark";
import type { Translate } from "@/components/ui/translate";
import { TokenDigits } from "@/components/vending/token-digits";

type Action = (previous: FormState, form: FormData) => Promise<FormState>;
type Step = "ask" | "wait" | "make" | "type";

export type MeterTestView = {
  readonly step: Step;
  readonly approvalId: string;
  readonly testId: string;
  readonly approvalsHref: string;
  readonly untilText: string;
  /** Twenty digits; null until they are made, and for who may not read them. */
  readonly digits: string | null;
  readonly notice: string | null;
  readonly triesText: string;
  readonly practiceMeterHref: string | null;
};

type Parts = {
  readonly test: MeterTestView;
  readonly actions: { readonly start: Action; readonly make: Action; readonly answer: Action };
  readonly t: Translate;
};

const STEPS = [
  { step: "ask", title: "ownMeter.stepAsk" },
  { step: "wait", title: "ownMeter.stepWait" },
  { step: "make", title: "ownMeter.stepMake" },
  { step: "type", title: "ownMeter.stepType" },
] as const;

/** The proof in four steps; the one that is due is open, those before it are done. */
export function MeterTestSteps(props: Parts) {
  const { test, t } = props;
  const due = STEPS.findIndex(({ step }) => step === test.step);
  return (
    <section aria-labelledby="meter-test">
      <h2 id="meter-test" className="text-lead font-strong">
        {t("ownMeter.testTitle")}
      </h2>
      <p className="mt-1 mb-4 max-w-reading text-quiet">{t("ownMeter.testLead")}</p>
      <ol className="border-t border-line">
        {STEPS.map(({ step, title }, index) => (
          <li
            key={step}
            aria-current={index === due ? "step" : undefined}
            className="flex gap-3 border-b border-line py-3"
          >
            <StepMark index={index} due={due} />
            <div className="min-w-0 flex-1">
              <h3 className={index === due ? "font-medium" : "text-quiet"}>{t(title)}</h3>
              {index === due ? <DueStep {...props} /> : null}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function StepMark({ index, due }: { readonly index: number; readonly due: number }) {
  if (index < due) {
    return (
      <span className="mt-0.5">
        <StateMark kind="ok" />
      </span>
    );
  }
  return (
    <span
      aria-hidden="true"
      className={`mt-0.5 inline-flex size-5 shrink-0 items-center justify-center rounded-full
        text-small ${index === due ? "bg-glow font-strong text-glow-ink" : "border border-edge"}`}
    >
      {index + 1}
    </span>
  );
}

function DueStep(props: Parts) {
  switch (props.test.step) {
    case "ask":
      return <Ask {...props} />;
    case "wait":
      return <Wait {...props} />;
    case "make":
      return <Make {...props} />;
    case "type":
      return <TypeIn {...props} />;
  }
}

function Text({ children }: { readonly children: ReactNode }) {
  return <p className="mt-1 mb-3 max-w-reading text-quiet">{children}</p>;
}

function Ask({ actions, t }: Parts) {
  return (
    <>
      <Text>{t("ownMeter.stepAskText")}</Text>
      <div className="max-w-column">
        <ActionForm
          action={actions.start}
          view={{
            id: "start-test",
            isPrimary: true,
            submit: t("ownMeter.ask"),
            fields: [{ kind: "long", name: "reason", label: t("ownMeter.reason"), maxLength: 500 }],
          }}
        />
      </div>
    </>
  );
}

function Wait({ test, t }: Parts) {
  return (
    <>
      <Text>{t("ownMeter.stepWaitText", { at: test.untilText })}</Text>
      <LinkButton href={test.approvalsHref} size="console">
        {t("ownMeter.toApprovals")}
      </LinkButton>
    </>
  );
}

function Make({ test, actions, t }: Parts) {
  return (
    <>
      <Text>{t("ownMeter.stepMakeText")}</Text>
      <ActionForm
        action={actions.make}
        view={{
          id: "make-test",
          isPrimary: true,
          submit: t("ownMeter.make"),
          fields: [],
          hidden: [{ name: "approvalId", value: test.approvalId }],
        }}
      />
    </>
  );
}

function TypeIn({ test, actions, t }: Parts) {
  return (
    <>
      <Text>{t("ownMeter.stepTypeText")}</Text>
      <div className="grid max-w-column gap-4">
        {test.digits ? <TokenDigits digits={test.digits} t={t} /> : null}
        {test.notice ? <Notice kind="waiting" title={test.notice} /> : null}
        {test.practiceMeterHref ? (
          <div>
            <LinkButton href={test.practiceMeterHref} size="console">
              {t("ownMeter.practiceMeter")}
            </LinkButton>
          </div>
        ) : null}
        <ActionForm
          action={actions.answer}
          view={{
            id: "answer-test",
            isPrimary: true,
            submit: t("ownMeter.check"),
            fields: [
              {
                kind: "text",
                name: "rose",
                label: t("ownMeter.rose"),
                hint: `${t("ownMeter.roseHint")} ${test.triesText}.`,
                maxLength: 12,
              },
            ],
          }}
        />
      </div>
    </>
  );
}
