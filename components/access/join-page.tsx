import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";
import type { Translate } from "@/components/ui/translate";
import { RESIDENT_LONGEST, type ResidentFault } from "@/lib/property/shared";

type Framed<View> = { readonly frame: PhoneFrame; readonly view: View };

/** Where somebody types the code that the caretaker has printed. */
export function JoinCodePage({
  frame,
  view,
}: Framed<{ readonly action: string; readonly typed: string; readonly isRefused: boolean }>) {
  const { t } = frame;
  return (
    <PhoneShell frame={frame}>
      <Head title={t("join.title")} lead={t("join.lead")} />
      <form method="post" action={view.action} className="grid gap-5">
        <Field
          id="code"
          name="code"
          label={t("join.code")}
          hint={t("join.codeHint")}
          value={view.typed}
          maxLength={60}
          error={view.isRefused ? t("join.not-a-code") : null}
          isRequired
        />
        <Button kind="primary" isWide>
          {t("join.continue")}
        </Button>
      </form>
    </PhoneShell>
  );
}

type JoinField = "name" | "contact" | "password";

export type JoinView = {
  readonly maskedUnit: string;
  readonly initials: string;
  readonly action: string;
  readonly signInHref: string;
  /** Who is signed in; null for nobody. */
  readonly person: { readonly userId: string; readonly name: string } | null;
  /** What was typed; the password is never given back. */
  readonly typed: Readonly<Record<string, string | undefined>>;
  readonly faults: Readonly<Partial<Record<JoinField, ResidentFault | "contact-taken">>>;
};

/** An open invitation: which home it is, and one button, or three fields, into it. */
export function JoinPage({ frame, view }: Framed<JoinView>) {
  const { t } = frame;
  return (
    <PhoneShell frame={frame}>
      <Head title={t("join.title")} lead={t("join.openLead")} />
      <dl className="border-y border-line">
        <Fact label={t("join.unit")} value={view.maskedUnit} />
        <Fact label={t("join.for")} value={view.initials} />
      </dl>
      {view.person ? <AsPerson view={view} t={t} /> : <AsNewcomer view={view} t={t} />}
    </PhoneShell>
  );
}

type Part = { readonly view: JoinView; readonly t: Translate };

function AsPerson({ view, t }: Part) {
  return (
    <form method="post" action={view.action} className="grid gap-3">
      <input type="hidden" name="as" value={view.person?.userId} />
      <p className="text-quiet">{t("join.signedInAs", { name: view.person?.name ?? "" })}</p>
      <Button kind="primary" isWide>
        {t("join.add")}
      </Button>
    </form>
  );
}

function AsNewcomer({ view, t }: Part) {
  const isTaken = view.faults.contact === "contact-taken";
  return (
    <>
      {Object.keys(view.faults).length > 0 ? (
        <Notice kind="refused" title={t("join.refused")} />
      ) : null}
      <form method="post" action={view.action} className="grid gap-5">
        <JoinFieldInput field="name" view={view} t={t} autoComplete="name" />
        <JoinFieldInput field="contact" view={view} t={t} autoComplete="username" />
        <JoinFieldInput field="password" view={view} t={t} autoComplete="new-password" />
        <Button kind={isTaken ? "plain" : "primary"} isWide>
          {t("join.submit")}
        </Button>
      </form>
      <section className="border-t border-line pt-5">
        <p className="mb-3 text-quiet">{t("join.haveAccount")}</p>
        <LinkButton href={view.signInHref} kind={isTaken ? "primary" : "plain"} isWide>
          {t("join.signIn")}
        </LinkButton>
      </section>
    </>
  );
}

function JoinFieldInput(
  props: Part & { readonly field: JoinField; readonly autoComplete: string },
) {
  const { field, view, t } = props;
  const fault = view.faults[field];
  const isPassword = field === "password";
  return (
    <Field
      id={field}
      name={field}
      label={t(`join.${field}`)}
      value={isPassword ? "" : (view.typed[field] ?? "")}
      type={isPassword ? "password" : "text"}
      maxLength={RESIDENT_LONGEST[field]}
      autoComplete={props.autoComplete}
      error={fault ? t(`residentFault.${fault}`) : null}
      isRequired
      {...(field === "name" ? {} : { hint: t(`join.${field}Hint`) })}
    />
  );
}

/** A code that was used, is too old, was withdrawn, or never was: the same for all. */
export function JoinClosedPage(props: { readonly frame: PhoneFrame; readonly codeHref: string }) {
  const { t } = props.frame;
  return (
    <PhoneShell frame={props.frame}>
      <Head title={t("join.closedTitle")} lead={t("join.closedText")} />
      <LinkButton href={props.codeHref} isWide>
        {t("join.closedAction")}
      </LinkButton>
    </PhoneShell>
  );
}

function Head({ title, lead }: { readonly title: string; readonly lead: string }) {
  return (
    <div>
      <h1 className="text-title font-strong tracking-tight">{title}</h1>
      <p className="mt-1 text-lead text-quiet">{lead}</p>
    </div>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div className="flex justify-between gap-4 border-b border-line py-2.5 last:border-b-0">
      <dt className="text-quiet">{label}</dt>
      <dd className="font-medium">
        <bdi>{value}</bdi>
      </dd>
    </div>
  );
}
