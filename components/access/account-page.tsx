import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";
import type { Translate } from "@/components/ui/translate";
import { LONGEST_NAME, LONGEST_PASSWORD } from "@/lib/identity/shared";
import { SessionList, type SessionRow } from "./session-list";

export type AccountView = {
  /** Posts `do`: `name` (name), `password` (current, wanted), `end-one` (session), `end-others`. */
  readonly action: string;
  readonly waysText: string;
  readonly done: { readonly kind: "ok" | "note"; readonly text: string } | null;
  readonly name: string;
  readonly nameError: string | null;
  readonly hasPassword: boolean;
  readonly currentError: string | null;
  readonly wantedError: string | null;
  readonly sessions: readonly SessionRow[];
};

type Props = { readonly view: AccountView; readonly t: Translate };

/** What is a person's own: the name, the password, and where they are signed in. */
export function AccountPage(props: { readonly frame: PhoneFrame; readonly view: AccountView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <PhoneShell frame={frame}>
      <div>
        <h1 className="text-title font-strong tracking-tight">{t("account.title")}</h1>
        <p className="mt-1 text-quiet">{view.waysText}</p>
      </div>
      {view.done ? <Notice kind={view.done.kind} title={view.done.text} /> : null}
      <SessionList action={view.action} sessions={view.sessions} t={t} />
      <NameForm view={view} t={t} />
      <PasswordForm view={view} t={t} />
      <section className="grid gap-2 border-t border-line pt-6">
        <LinkButton href="/o" kind="quiet" isWide>
          {t("account.back")}
        </LinkButton>
        <form method="post" action="/sign-out">
          <Button kind="quiet" isWide>
            {t("account.signOut")}
          </Button>
        </form>
      </section>
    </PhoneShell>
  );
}

function NameForm({ view, t }: Props) {
  return (
    <section className="border-t border-line pt-6">
      <h2 className="mb-4 text-lead font-strong">{t("account.nameTitle")}</h2>
      <form method="post" action={view.action} className="grid gap-4">
        <Field
          id="name"
          name="name"
          label={t("account.name")}
          hint={t("account.nameHint")}
          value={view.name}
          error={view.nameError}
          autoComplete="name"
          maxLength={LONGEST_NAME}
          isRequired
        />
        <Button name="do" value="name" isWide>
          {t("account.nameSubmit")}
        </Button>
      </form>
    </section>
  );
}

function PasswordForm({ view, t }: Props) {
  const { hasPassword } = view;
  return (
    <section className="border-t border-line pt-6">
      <h2 className="mb-1 text-lead font-strong">{t("account.passwordTitle")}</h2>
      {hasPassword ? null : <p className="text-quiet">{t("account.passwordNone")}</p>}
      <form method="post" action={view.action} className="mt-4 grid gap-4">
        {hasPassword ? (
          <Field
            id="current"
            name="current"
            type="password"
            label={t("account.current")}
            error={view.currentError}
            autoComplete="current-password"
            maxLength={LONGEST_PASSWORD}
            isRequired
          />
        ) : null}
        <Field
          id="wanted"
          name="wanted"
          type="password"
          label={t("account.wanted")}
          hint={t("account.wantedHint")}
          error={view.wantedError}
          autoComplete="new-password"
          maxLength={LONGEST_PASSWORD}
          isRequired
        />
        <Button name="do" value="password" isWide>
          {t(hasPassword ? "account.passwordChange" : "account.passwordSet")}
        </Button>
      </form>
    </section>
  );
}
