import { ErrorText } from "./error-text";

/**
 * One labelled input. The hint and the error are tied to it, what was typed comes back in `value`,
 * and an error is told by a shape and a sentence as well as by colour.
 */
export function Field(props: {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly hint?: string;
  readonly error?: string | null;
  readonly type?: "text" | "email" | "password";
  readonly inputMode?: "numeric" | "decimal" | "email" | "text";
  readonly autoComplete?: string;
  readonly maxLength?: number;
  /** Digits to be compared with a meter or a slip: monospaced, left to right in every language. */
  readonly isDigits?: boolean;
  readonly isRequired?: boolean;
  readonly isLabelHidden?: boolean;
}) {
  const { id, hint, error = null, isDigits = false, isLabelHidden = false } = props;
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [error ? errorId : "", hint ? hintId : ""].filter(Boolean).join(" ");
  return (
    <div>
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "mb-1.5 block font-medium"}>
        {props.label}
      </label>
      <input
        id={id}
        name={props.name}
        type={props.type ?? "text"}
        inputMode={props.inputMode}
        defaultValue={props.value}
        autoComplete={props.autoComplete ?? "off"}
        maxLength={props.maxLength}
        required={props.isRequired}
        dir={isDigits ? "ltr" : "auto"}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
        className={`h-13 w-full rounded-control border bg-raised px-3.5 ${
          isDigits ? "font-mono text-title font-medium" : "text-lead"
        } ${error ? "border-2 border-brick" : "border-edge"}`}
      />
      {error ? <ErrorText id={errorId} text={error} /> : null}
      {hint ? (
        <p id={hintId} className="mt-1.5 text-small text-quiet">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
