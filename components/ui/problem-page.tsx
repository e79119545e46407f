import { LinkButton } from "./link-button";
import { type PhoneFrame, PhoneShell } from "./phone-shell";

const WORDS = {
  "not-found": {
    title: "problem.notFoundTitle",
    text: "problem.notFoundText",
    action: "problem.notFoundAction",
  },
  error: {
    title: "problem.errorTitle",
    text: "problem.errorText",
    action: "problem.errorAction",
  },
  busy: { title: "problem.busyTitle", text: "problem.busyText", action: "problem.busyAction" },
} as const;

/**
 * A page that is not there, an error of ours, or more people at one door than fit through it.
 * `reference` is what support can look up.
 */
export function ProblemPage(props: {
  readonly frame: PhoneFrame;
  readonly kind: keyof typeof WORDS;
  readonly actionHref: string;
  readonly reference?: string;
}) {
  const { t } = props.frame;
  const words = WORDS[props.kind];
  return (
    <PhoneShell frame={props.frame}>
      <DarkWindow />
      <div>
        <h1 className="text-title font-strong tracking-tight">{t(words.title)}</h1>
        <p className="mt-2 text-lead text-quiet">{t(words.text)}</p>
      </div>
      <LinkButton href={props.actionHref} isWide>
        {t(words.action)}
      </LinkButton>
      {props.reference ? (
        <p className="text-small text-quiet">
          {t("problem.reference", { reference: props.reference })}
        </p>
      ) : null}
    </PhoneShell>
  );
}

function DarkWindow() {
  return (
    <svg viewBox="0 0 64 52" className="mt-6 h-13 w-16" aria-hidden="true">
      <rect width="64" height="52" rx="3" className="fill-pane-dark stroke-edge" />
      <path d="M32 0v52" className="stroke-edge" strokeWidth="2" />
    </svg>
  );
}
