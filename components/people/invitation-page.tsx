import { ClosedPage } from "@/components/access/closed-page";
import { setupFaultText } from "@/components/access/setup-fault-text";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";
import type { Translate } from "@/components/ui/translate";
import { SETUP_LONGEST, type SetupFaults } from "@/lib/identity/shared";

/** The one thing that whoever reads it can do. */
type Step =
  | { readonly kind: "new-person" }
  | { readonly kind: "sign-in"; readonly href: string }
  | { readonly kind: "accept"; readonly personName: string }
  | { readonly kind: "other-person"; readonly signOutAction: string };

export type InvitationPageView = {
  readonly organization: string;
  readonly title: string;
  readonly lead: string;
  readonly email: string;
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly supportText: string | null;
  readonly untilText: string;
  readonly action: string;
  readonly step: Step;
  /** What was typed; a password is never given back. */
  readonly typedName: string;
  readonly faults: SetupFaults;
};

type Props = { readonly view: InvitationPageView; readonly t: Translate };

/** Who invites, to what, in which role; and how to join. */
export function InvitationPage(props: {
  readonly frame: PhoneFrame;
  readonly view: InvitationPageView;
}) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <PhoneShell frame={frame}>
      <div>
        <h1 className="text-title font-strong tracking-tight">{view.title}</h1>
        <p className="mt-1 text-quiet">{view.lead}</p>
      </div>
      <dl className="border-t border-line">
        {view.facts.map((fact) => (
          <div key={fact.label} className="flex gap-4 border-b border-line py-2.5">
            <dt className="w-28 shrink-0 text-quiet">{fact.label}</dt>
            <dd className="min-w-0 break-words">{fact.text}</dd>
          </div>
        ))}
      </dl>
      {view.supportText ? <Notice kind="note" title={view.supportText} /> : null}
      <Way view={view} t={t} />
      {view.step.kind === "other-person" ? null : (
        <p className="text-small text-quiet">{view.untilText}</p>
      )}
    </PhoneShell>
  );
}

function Way({ view, t }: Props) {
  const { step } = view;
  switch (step.kind) {
    case "new-person":
      return <NewPerson view={view} t={t} />;
    case "sign-in":
      return (
        <>
          <p>{t("invitation.knownText", { email: view.email })}</p>
          <LinkButton href={step.href} kind="primary" isWide>
            {t("invitation.signIn")}
          </LinkButton>
        </>
      );
    case "accept":
      return (
        <form method="post" action={view.action} className="grid gap-3">
          <p className="text-quiet">{t("invitation.signedInAs", { name: step.personName })}</p>
          <Button kind="primary" isWide>
            {t("invitation.accept", { organization: view.organization })}
          </Button>
        </form>
      );
    case "other-person":
      return (
        <>
          <Notice kind="refused" title={t("invitation.otherTitle")}>
            {t("invitation.otherText", { email: view.email })}
          </Notice>
          <form method="post" action={step.signOutAction}>
            <Button isWide>{t("invitation.signOut")}</Button>
          </form>
        </>
      );
  }
}

function NewPerson({ view, t }: Props) {
  const { faults } = view;
  return (
    <>
      {Object.keys(faults).length > 0 ? (
        <Notice kind="refused" title={t("invitation.refused")} />
      ) : null}
      <form method="post" action={view.action} className="grid gap-5">
        <h2 className="text-lead font-strong">{t("invitation.newTitle")}</h2>
        <input type="hidden" name="username" autoComplete="username" value={view.email} readOnly />
        <Field
          id="name"
          name="name"
          label={t("invitation.name")}
          value={view.typedName}
          maxLength={SETUP_LONGEST.name}
          error={setupFaultText(faults.name, t)}
          autoComplete="name"
          isRequired
        />
        <Field
          id="password"
          name="password"
          label={t("invitation.password")}
          hint={t("invitation.passwordHint")}
          type="password"
          maxLength={SETUP_LONGEST.password}
          error={setupFaultText(faults.password, t)}
          autoComplete="new-password"
          isRequired
        />
        <Button kind="primary" isWide>
          {t("invitation.join")}
        </Button>
      </form>
    </>
  );
}

/** Used, too old, revoked, sent again, or never was: the same for all. */
export function InvitationClosedPage(props: {
  readonly frame: PhoneFrame;
  readonly signInHref: string;
}) {
  const { t } = props.frame;
  return (
    <ClosedPage
      frame={props.frame}
      title={t("invitation.closedTitle")}
      text={t("invitation.closedText")}
      action={{ href: props.signInHref, label: t("invitation.closedAction") }}
    />
  );
}
