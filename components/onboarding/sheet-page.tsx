import { ActionForm, type ActionFormView } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { FormState } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import type { MarkKind } from "@/components/ui/state-mark";
import { SheetTable, type SheetView } from "./sheet-table";

type Form = {
  readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
  readonly view: ActionFormView;
};
type Link = { readonly href: string; readonly label: string; readonly isCurrent: boolean };

export type SheetPageView = {
  readonly backHref: string;
  readonly fileName: string;
  readonly summaryText: string;
  /** How it stands: what happened first, the way on after it. */
  readonly standing: {
    readonly kind: MarkKind;
    readonly title: string;
    readonly text: string | null;
    readonly link: { readonly href: string; readonly label: string } | null;
  };
  /** Meters that stand and do not sell to everybody yet, each with the way to its page. */
  readonly unproved: {
    readonly title: string;
    readonly text: string;
    readonly links: readonly { readonly href: string; readonly label: string }[];
    readonly all: { readonly href: string; readonly label: string } | null;
  } | null;
  /** Under way: the page looks again by itself. */
  readonly isUnderWay: boolean;
  readonly apply: Form | null;
  readonly undo: Form | null;
  readonly map: Form | null;
  readonly correct: (Form & { readonly title: string }) | null;
  readonly filters: readonly Link[];
  readonly sheet: SheetView;
  readonly pages: { readonly before: string | null; readonly after: string | null };
};

/** One sheet: what it makes, what is wrong with it in its cells, and what may be done with it. */
export function SheetPage(props: { readonly frame: ConsoleFrame; readonly view: SheetPageView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      {view.isUnderWay ? <meta httpEquiv="refresh" content="2" /> : null}
      <a href={view.backHref} className="text-quiet hover:text-ink hover:underline">
        {t("import.back")}
      </a>
      <h1 className="mt-2 text-title font-strong tracking-tight break-words">{view.fileName}</h1>
      <p className="mt-1 mb-5 max-w-reading text-lead">{view.summaryText}</p>
      <div className="grid max-w-reading gap-5">
        <Notice kind={view.standing.kind} title={view.standing.title}>
          {view.standing.text}
        </Notice>
        {view.standing.link ? (
          <div>
            <LinkButton href={view.standing.link.href} size="console">
              {view.standing.link.label}
            </LinkButton>
          </div>
        ) : null}
        {view.unproved ? <Unproved view={view.unproved} /> : null}
        {view.apply ? <ActionForm {...view.apply} /> : null}
        {view.map ? <ActionForm {...view.map} /> : null}
        {view.undo ? <ActionForm {...view.undo} /> : null}
        {view.correct ? (
          <section id="correct" aria-label={view.correct.title}>
            <h2 className="mb-3 text-lead font-strong">{view.correct.title}</h2>
            <ActionForm
              key={view.correct.view.id}
              action={view.correct.action}
              view={view.correct.view}
            />
          </section>
        ) : null}
      </div>
      <nav aria-label={t("import.filter")} className="mt-8 mb-3 flex flex-wrap gap-x-6">
        {view.filters.map(({ href, label, isCurrent }) => (
          <a
            key={href}
            href={href}
            aria-current={isCurrent ? "true" : undefined}
            className="inline-flex min-h-9 items-center text-quiet hover:text-ink
              aria-[current=true]:font-medium aria-[current=true]:text-ink
              aria-[current=true]:underline aria-[current=true]:underline-offset-8"
          >
            {label}
          </a>
        ))}
      </nav>
      {view.sheet.rows.length === 0 ? (
        <p className="border-y border-line py-8 text-quiet">{t("import.noRows")}</p>
      ) : (
        <SheetTable view={view.sheet} t={t} />
      )}
      {view.pages.before || view.pages.after ? (
        <nav aria-label={t("import.pages")} className="mt-4 flex gap-6">
          {view.pages.before ? <a href={view.pages.before}>{t("import.older")}</a> : null}
          {view.pages.after ? <a href={view.pages.after}>{t("import.newer")}</a> : null}
        </nav>
      ) : null}
    </ConsoleShell>
  );
}

function Unproved({ view }: { readonly view: NonNullable<SheetPageView["unproved"]> }) {
  const { title, text, links, all } = view;
  return (
    <Notice kind="waiting" title={title}>
      <p>{text}</p>
      <ul className="mt-2 flex flex-wrap gap-x-5">
        {[...links, ...(all ? [all] : [])].map(({ href, label }) => (
          <li key={href}>
            <a
              href={href}
              className="inline-flex min-h-9 items-center tabular-nums underline
                underline-offset-4"
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
