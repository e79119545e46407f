import { LinkButton } from "./link-button";
import { type PhoneFrame, PhoneShell } from "./phone-shell";

/** A page that is not there, or an error of ours. `reference` is what support can look up. */
export function ProblemPage(props: {
  readonly frame: PhoneFrame;
  readonly kind: "not-found" | "error";
  readonly actionHref: string;
  readonly reference?: string;
}) {
  const { t } = props.frame;
  const isMissing = props.kind === "not-found";
  return (
    <PhoneShell frame={props.frame}>
      <DarkWindow />
      <div>
        <h1 className="text-title font-strong tracking-tight">
          {t(isMissing ? "problem.notFoundTitle" : "problem.errorTitle")}
        </h1>
        <p className="mt-2 text-lead text-quiet">
          {t(isMissing ? "problem.notFoundText" : "problem.errorText")}
        </p>
      </div>
      <LinkButton href={props.actionHref} isWide>
        {t(isMissing ? "problem.notFoundAction" : "problem.errorAction")}
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
