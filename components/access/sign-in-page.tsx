import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { type HiddenField, HiddenFields } from "@/components/ui/hidden-fields";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";
import type { Translate } from "@/components/ui/translate";

type DemoSignIn = { readonly role: string; readonly email: string; readonly password: string };

export type SignInView = {
  /**
   * Posts `email` (which may hold a phone) and `password`; `how` is `code` where one is asked for.
   */
  readonly action: string;
  readonly fields: readonly HiddenField[];
  /** The e-mail or phone that was typed. */
  readonly contact: string;
  /** How this installation can send a code; none of both: by password alone. */
  readonly channels: { readonly email: boolean; readonly sms: boolean };
  readonly refusal: string | null;
  readonly fault: string | null;
  /** Empty in production. */
  readonly demoSignIns: readonly DemoSignIn[];
};

/** Everybody signs in here. A refusal never says whether the person or the password was wrong. */
export function SignInPage(props: { readonly frame: PhoneFrame; readonly view: SignInView }) {
  const { frame, view } = props;
  const { t } = frame;
  const { email, sms } = view.channels;
  const hasCodes = email || sms;
  return (
    <PhoneShell frame={frame}>
      <div>
        <h1 className="text-title font-strong tracking-tight">{t("signIn.title")}</h1>
        <p className="mt-1 text-quiet">{t(hasCodes ? "signIn.lead" : "signIn.leadPassword")}</p>
      </div>
      {view.refusal ? <Notice kind="refused" title={view.refusal} /> : null}
      <form method="post" action={view.action} className="grid gap-5">
        <HiddenFields fields={view.fields} />
        <Field
          id="email"
          name="email"
          inputMode="email"
          autoComplete="username"
          label={t(sms ? "signIn.contact" : "signIn.email")}
          {...(sms && !view.fault ? { hint: t("signIn.contactHint") } : {})}
          value={view.contact}
          error={view.fault}
          maxLength={254}
          isRequired
        />
        <Field
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          label={t("signIn.password")}
          {...(hasCodes ? { hint: t("signIn.passwordHint") } : {})}
          maxLength={200}
          isRequired={!hasCodes}
        />
        {/* Enter presses the first: it signs in, or sends a code where no password was typed. */}
        <Button kind="primary" isWide>
          {t("signIn.submit")}
        </Button>
        {hasCodes ? (
          <Button name="how" value="code" isWide>
            {t("signIn.sendCode")}
          </Button>
        ) : null}
      </form>
      <LinkButton href="/join" kind="quiet" isWide>
        {t("signIn.join")}
      </LinkButton>
      <LinkButton href="/" kind="quiet" isWide>
        {t("signIn.buyInstead")}
      </LinkButton>
      <DemoSignIns signIns={view.demoSignIns} t={t} />
    </PhoneShell>
  );
}

function DemoSignIns(props: { readonly signIns: readonly DemoSignIn[]; readonly t: Translate }) {
  const { signIns, t } = props;
  if (signIns.length === 0) return null;
  return (
    <section className="border-t border-line pt-5">
      <h2 className="font-strong">{t("signIn.demoTitle")}</h2>
      <p className="text-small text-quiet">{t("signIn.demoHint")}</p>
      <dl className="mt-3 grid gap-3">
        {signIns.map((signIn) => (
          <div key={signIn.email}>
            <dt className="text-small text-quiet">{signIn.role}</dt>
            <dd className="select-all">{signIn.email}</dd>
            <dd className="select-all">{signIn.password}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
