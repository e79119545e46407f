import { ActionForm } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { Translate } from "@/components/ui/translate";
import type { FormAround } from "./form-around";
import { InvitationList, type InvitationRowView } from "./invitation-list";
import { type MemberRowView, MemberTable } from "./member-table";

export type PeoplePageView = {
  readonly rolesHref: string;
  readonly members: readonly MemberRowView[];
  readonly invitations: readonly InvitationRowView[];
  /** Null for who may only look. */
  readonly invite: FormAround | null;
  readonly support: FormAround | null;
};

/** Who works here: members and open invitations, and beside them the forms that invite. */
export function PeoplePage(props: { readonly frame: ConsoleFrame; readonly view: PeoplePageView }) {
  const { frame, view } = props;
  const { t } = frame;
  const hasForms = view.invite || view.support;
  return (
    <ConsoleShell frame={frame}>
      <h1 className="text-title font-strong tracking-tight">{t("people.title")}</h1>
      <p className="mt-1 mb-6 text-quiet">
        {t("people.lead")}{" "}
        <a href={view.rolesHref} className="text-ink underline underline-offset-4">
          {t("people.roles")}
        </a>
      </p>
      <div
        className={
          hasForms ? "grid gap-12 desk:grid-cols-[minmax(0,1fr)_21rem] desk:items-start" : ""
        }
      >
        <div className="grid min-w-0 gap-10">
          <MemberTable members={view.members} t={t} />
          {view.invitations.length > 0 ? (
            <InvitationList invitations={view.invitations} t={t} />
          ) : null}
        </div>
        {hasForms ? <Forms view={view} t={t} /> : null}
      </div>
    </ConsoleShell>
  );
}

function Forms({ view, t }: { readonly view: PeoplePageView; readonly t: Translate }) {
  return (
    <div className="grid gap-10 desk:border-s desk:border-line desk:ps-8">
      {view.invite ? (
        <section aria-labelledby="invite-title">
          <h2 id="invite-title" className="mb-4 text-lead font-strong">
            {t("people.inviteTitle")}
          </h2>
          <ActionForm {...view.invite} />
        </section>
      ) : null}
      {view.support ? (
        <section aria-labelledby="support-title" className="border-t border-line pt-8">
          <h2 id="support-title" className="text-lead font-strong">
            {t("people.supportTitle")}
          </h2>
          <p className="mt-1 mb-4 text-quiet">{t("people.supportLead")}</p>
          <ActionForm {...view.support} />
        </section>
      ) : null}
    </div>
  );
}
