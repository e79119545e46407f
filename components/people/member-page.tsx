import { ActionForm } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import type { FormAround } from "./form-around";

type Link = { readonly href: string; readonly label: string };

export type MemberPageView = {
  readonly name: string;
  readonly back: Link;
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** Why there is nothing to change here, and the way. */
  readonly note: { readonly text: string; readonly action: Link | null } | null;
  readonly change: FormAround | null;
  readonly remove: FormAround | null;
  readonly leaveHref: string | null;
  /** That it takes a second person; null where it does not. */
  readonly twoText: string | null;
};

/** One member: facts on the left, what can be done on the right. */
export function MemberPage(props: { readonly frame: ConsoleFrame; readonly view: MemberPageView }) {
  const { frame, view } = props;
  const { t } = frame;
  const { name } = view;
  return (
    <ConsoleShell frame={frame}>
      <a href={view.back.href} className="text-small text-quiet underline underline-offset-4">
        {view.back.label}
      </a>
      <h1 className="mt-1 mb-6 text-title font-strong tracking-tight">
        <bdi>{name}</bdi>
      </h1>
      <div className="grid gap-10 desk:grid-cols-[20rem_minmax(0,32rem)] desk:gap-16">
        <dl className="grid content-start gap-3">
          {view.facts.map((fact) => (
            <div key={fact.label}>
              <dt className="text-small text-quiet">{fact.label}</dt>
              <dd>
                <bdi>{fact.text}</bdi>
              </dd>
            </div>
          ))}
        </dl>
        <div className="grid gap-10">
          {view.note ? (
            <Notice kind="note" title={view.note.text}>
              {view.note.action ? (
                <LinkButton href={view.note.action.href} size="console">
                  {view.note.action.label}
                </LinkButton>
              ) : null}
            </Notice>
          ) : null}
          {view.twoText ? <Notice kind="waiting" title={view.twoText} /> : null}
          {view.change ? (
            <section aria-labelledby="change-title">
              <h2 id="change-title" className="text-lead font-strong">
                {t("member.changeTitle")}
              </h2>
              <p className="mt-1 mb-4 text-quiet">{t("member.changeHint")}</p>
              <ActionForm {...view.change} />
            </section>
          ) : null}
          {view.remove ? (
            <section aria-labelledby="remove-title" className="border-t border-line pt-8">
              <h2 id="remove-title" className="text-lead font-strong">
                {t("member.removeTitle", { name })}
              </h2>
              <p className="mt-1 mb-4 text-quiet">{t("member.removeText", { name })}</p>
              <ActionForm {...view.remove} />
            </section>
          ) : null}
          {view.leaveHref ? (
            <p className="border-t border-line pt-8">
              <LinkButton href={view.leaveHref} size="console">
                {t("member.leaveInstead")}
              </LinkButton>
            </p>
          ) : null}
        </div>
      </div>
    </ConsoleShell>
  );
}
