import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import type { FormState } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { StateMark } from "@/components/ui/state-mark";
import type { Translate } from "@/components/ui/translate";

type State = "waiting" | "approved" | "declined" | "withdrawn" | "used" | "expired";
type Action = (previous: FormState, form: FormData) => Promise<FormState>;

export type ApprovalRowView = {
  readonly id: string;
  /** What a decision is bound to: the request as it was read here. */
  readonly requestHash: string;
  readonly kindText: string;
  readonly askedText: string;
  readonly subject: { readonly text: string; readonly href: string | null } | null;
  readonly reason: string;
  readonly askedByText: string;
  readonly untilText: string;
  readonly state: State;
  readonly stateText: string;
  /** Nobody but who asked could approve it. */
  readonly isInVain: boolean;
};

export type ApprovalsPageView = {
  readonly doneText: string | null;
  readonly waiting: readonly ApprovalRowView[];
  readonly mine: readonly ApprovalRowView[];
  readonly over: readonly ApprovalRowView[];
};

export type ApprovalActions = {
  readonly approve: Action;
  readonly decline: Action;
  readonly withdraw: Action;
};

/** What needs two people: what waits for the reader first. */
export function ApprovalsPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: ApprovalsPageView;
  readonly actions: ApprovalActions;
}) {
  const { frame, view, actions } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <h1 className="text-title font-strong tracking-tight">{t("approvals.title")}</h1>
      <p className="mt-1 mb-6 text-quiet">{t("approvals.lead")}</p>
      <div className="grid max-w-reading gap-10">
        {view.doneText ? <Notice kind="ok" title={view.doneText} /> : null}
        <Section title={t("approvals.waiting")}>
          {view.waiting.length === 0 ? (
            <EmptyState
              title={t("approvals.waitingEmpty")}
              text={t("approvals.waitingEmptyText")}
            />
          ) : (
            <List rows={view.waiting}>
              {(row) => (
                <Decision row={row} isFirst={row === view.waiting[0]} actions={actions} t={t} />
              )}
            </List>
          )}
        </Section>
        {view.mine.length > 0 ? (
          <Section title={t("approvals.mine")}>
            <List rows={view.mine}>{(row) => <Own row={row} actions={actions} t={t} />}</List>
          </Section>
        ) : null}
        {view.over.length > 0 ? (
          <Section title={t("approvals.over")}>
            <List rows={view.over}>{(row) => <StateLine row={row} />}</List>
          </Section>
        ) : null}
      </div>
    </ConsoleShell>
  );
}

function Section(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-2 text-lead font-strong">{props.title}</h2>
      {props.children}
    </section>
  );
}

function List(props: {
  readonly rows: readonly ApprovalRowView[];
  readonly children: (row: ApprovalRowView) => ReactNode;
}) {
  return (
    <ul className="border-t border-line">
      {props.rows.map((row) => (
        <li key={row.id} className="border-b border-line py-4">
          <h3 className="font-medium">{row.askedText || row.kindText}</h3>
          <p className="text-small text-quiet">
            {row.subject ? <Subject subject={row.subject} /> : row.kindText}
          </p>
          <p className="mt-2 break-words whitespace-pre-line">{row.reason}</p>
          <p className="mt-1 text-small text-quiet">
            {row.askedByText} · {row.untilText}
          </p>
          <div className="mt-3">{props.children(row)}</div>
        </li>
      ))}
    </ul>
  );
}

function Subject({ subject }: { readonly subject: NonNullable<ApprovalRowView["subject"]> }) {
  return subject.href ? (
    <a href={subject.href} className="underline decoration-line underline-offset-4 hover:text-ink">
      {subject.text}
    </a>
  ) : (
    subject.text
  );
}

type Part = {
  readonly row: ApprovalRowView;
  readonly actions: ApprovalActions;
  readonly t: Translate;
};

function Decision({ row, isFirst, actions, t }: Part & { readonly isFirst: boolean }) {
  const hidden = [
    { name: "approvalId", value: row.id },
    { name: "requestHash", value: row.requestHash },
  ];
  const view = (word: "approve" | "decline") => ({
    id: `${word}-${row.id}`,
    fields: [],
    hidden,
    submit: t(`approvals.${word}`),
    isPrimary: isFirst && word === "approve",
  });
  return (
    <div className="flex flex-wrap gap-3">
      <ActionForm action={actions.approve} view={view("approve")} />
      <ActionForm action={actions.decline} view={view("decline")} />
    </div>
  );
}

function Own({ row, actions, t }: Part) {
  const hidden = [{ name: "approvalId", value: row.id }];
  const submit = t("approvals.withdraw");
  return (
    <div className="grid gap-3">
      <StateLine row={row} />
      {row.isInVain ? (
        <Notice kind="refused" title={t("approvals.nobody")}>
          {t("approvals.nobodyText")}
        </Notice>
      ) : null}
      {row.state === "waiting" ? (
        <ActionForm
          action={actions.withdraw}
          view={{ id: `take-back-${row.id}`, fields: [], hidden, submit }}
        />
      ) : null}
    </div>
  );
}

const MARKS = {
  waiting: "waiting",
  approved: "ok",
  used: "ok",
  declined: "refused",
  withdrawn: "note",
  expired: "note",
} as const;

function StateLine({ row }: { readonly row: ApprovalRowView }) {
  return (
    <p className="flex items-center gap-2">
      <StateMark kind={MARKS[row.state]} />
      {row.stateText}
    </p>
  );
}
