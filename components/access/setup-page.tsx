import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";
import type { Translate } from "@/components/ui/translate";
import { SETUP_LONGEST, type SetupFaults, type SetupField } from "@/lib/identity/shared";
import { ClosedPage } from "./closed-page";
import { setupFaultText } from "./setup-fault-text";

export type SetupView = {
  /** Posts the fields of the set-up form by their names. */
  readonly action: string;
  /** What was typed; the password is never given back. */
  readonly typed: Readonly<Record<string, string | undefined>>;
  readonly faults: SetupFaults;
};

/** The first administrator of an installation: who sells, and who they are themselves. */
export function SetupPage(props: { readonly frame: PhoneFrame; readonly view: SetupView }) {
  const { frame, view } = props;
  const { t } = frame;
  const typed = (field: SetupField) => ({
    ...fieldOf(field, view, t),
    value: view.typed[field] ?? "",
  });
  return (
    <PhoneShell frame={frame}>
      <div>
        <h1 className="text-title font-strong tracking-tight">{t("setup.title")}</h1>
        <p className="mt-1 text-quiet">{t("setup.lead")}</p>
      </div>
      {Object.keys(view.faults).length > 0 ? (
        <Notice kind="refused" title={t("setup.refused")} />
      ) : null}
      <form method="post" action={view.action} className="grid gap-10">
        <fieldset className="grid gap-5">
          <legend className="mb-4 text-lead font-strong">{t("setup.organizationTitle")}</legend>
          <Field {...typed("organization")} hint={t("setup.organizationHint")} isRequired />
          <Field
            {...typed("legalName")}
            hint={t("setup.legalNameHint")}
            autoComplete="organization"
            isRequired
          />
          <Field {...typed("taxNumber")} hint={t("setup.taxNumberHint")} />
        </fieldset>
        <fieldset className="grid gap-5">
          <legend className="mb-4 text-lead font-strong">{t("setup.personTitle")}</legend>
          <Field {...typed("name")} autoComplete="name" isRequired />
          <Field
            {...typed("email")}
            hint={t("setup.emailHint")}
            type="email"
            inputMode="email"
            autoComplete="username"
            isRequired
          />
          <Field
            {...fieldOf("password", view, t)}
            hint={t("setup.passwordHint")}
            type="password"
            autoComplete="new-password"
            isRequired
          />
        </fieldset>
        <Button kind="primary" isWide>
          {t("setup.submit")}
        </Button>
      </form>
    </PhoneShell>
  );
}

function fieldOf(field: SetupField, view: SetupView, t: Translate) {
  const fault = view.faults[field];
  return {
    id: field,
    name: field,
    label: t(`setup.${field}`),
    maxLength: SETUP_LONGEST[field],
    error: setupFaultText(fault, t),
  };
}

/** A link that was used, has expired, or never was: the same for all, with the way to a new one. */
export function SetupClosedPage(props: {
  readonly frame: PhoneFrame;
  readonly signInHref: string;
}) {
  const { t } = props.frame;
  return (
    <ClosedPage
      frame={props.frame}
      title={t("setup.closedTitle")}
      text={t("setup.closedText")}
      action={{ href: props.signInHref, label: t("setup.closedAction") }}
    />
  );
}
