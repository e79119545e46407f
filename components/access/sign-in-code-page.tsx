import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { type HiddenField, HiddenFields } from "@/components/ui/hidden-fields";
import { LinkButton } from "@/components/ui/link-button";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";

export type SignInCodeView = {
  /** Posts `code`. */
  readonly action: string;
  readonly fields: readonly HiddenField[];
  /** The e-mail or phone as it was typed; whether anybody is known by it is not said. */
  readonly contact: string;
  readonly hasLink: boolean;
  readonly minutes: string;
  readonly error: string | null;
  readonly signInHref: string;
  /** Where practice shows what nobody sent. */
  readonly outboxHref: string | null;
};

/** The six digits that were sent. */
export function SignInCodePage(props: {
  readonly frame: PhoneFrame;
  readonly view: SignInCodeView;
}) {
  const { frame, view } = props;
  const { t } = frame;
  const { contact, minutes } = view;
  return (
    <PhoneShell frame={frame}>
      <div>
        <h1 className="text-title font-strong tracking-tight">{t("signInCode.title")}</h1>
        <p className="mt-1 text-quiet">{t("signInCode.lead", { contact, minutes })}</p>
      </div>
      <form method="post" action={view.action} className="grid gap-5">
        <HiddenFields fields={view.fields} />
        <Field
          id="code"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          label={t("signInCode.code")}
          {...(view.hasLink ? { hint: t("signInCode.linkHint") } : {})}
          error={view.error}
          maxLength={20}
          isDigits
          isRequired
        />
        <Button kind="primary" isWide>
          {t("signInCode.submit")}
        </Button>
      </form>
      {view.outboxHref ? (
        <section className="grid gap-2 border-t border-line pt-5">
          <p className="text-small text-quiet">{t("signInCode.outboxText")}</p>
          <LinkButton href={view.outboxHref} isWide>
            {t("signInCode.outbox")}
          </LinkButton>
        </section>
      ) : null}
      <LinkButton href={view.signInHref} kind="quiet" isWide>
        {t("signInCode.again")}
      </LinkButton>
    </PhoneShell>
  );
}

/** What an e-mailed link opens: a button, for whatever opens links by itself presses none. */
export function SignInLinkPage(props: {
  readonly frame: PhoneFrame;
  readonly view: { readonly action: string; readonly contact: string };
}) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <PhoneShell frame={frame}>
      <div>
        <h1 className="text-title font-strong tracking-tight">{t("signInLink.title")}</h1>
        <p className="mt-1 text-lead text-quiet">
          {t("signInLink.lead", { contact: view.contact })}
        </p>
      </div>
      <form method="post" action={view.action}>
        <Button kind="primary" isWide>
          {t("signInLink.submit")}
        </Button>
      </form>
    </PhoneShell>
  );
}

/** A code or link that was used, has expired, or never was: the same for all, and the way on. */
export function SignInClosedPage(props: {
  readonly frame: PhoneFrame;
  readonly view: {
    readonly what: "signInCode" | "signInLink";
    readonly signInHref: string;
    readonly minutes: string;
  };
}) {
  const { frame, view } = props;
  const { t } = frame;
  const { what, minutes } = view;
  return (
    <PhoneShell frame={frame}>
      <div>
        <h1 className="text-title font-strong tracking-tight">{t(`${what}.closedTitle`)}</h1>
        <p className="mt-2 text-lead text-quiet">{t(`${what}.closedText`, { minutes })}</p>
      </div>
      <LinkButton href={view.signInHref} isWide>
        {t(`${what}.closedAction`)}
      </LinkButton>
    </PhoneShell>
  );
}
