import { ErrorText } from "@/components/ui/error-text";

export type Errors = Readonly<Record<string, string>>;

type Common = {
  /** The place of its error: "steps.1.price". */
  readonly at: string;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly errors: Errors;
  readonly hint?: string;
};

const box = (isWrong: boolean) =>
  `min-h-9 w-full min-w-0 rounded-control border bg-raised px-2.5 text-body ${
    isWrong ? "border-2 border-brick" : "border-edge"
  }`;

/** One short field of the editor with its error and hint tied to it. */
export function EditorField(
  props: Common & {
    readonly type?: "text" | "datetime-local";
    readonly isNumber?: boolean;
    readonly placeholder?: string;
  },
) {
  const { at, name, label, value, errors, hint } = props;
  const id = `field-${at}`;
  const error = errors[at];
  const described = [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean);
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-small text-quiet">
        {label}
      </label>
      <input
        id={id}
        name={name}
        type={props.type ?? "text"}
        defaultValue={value}
        placeholder={props.placeholder}
        inputMode={props.isNumber ? "decimal" : undefined}
        maxLength={200}
        autoComplete="off"
        dir={props.isNumber ? "ltr" : undefined}
        aria-invalid={error ? true : undefined}
        aria-describedby={described.join(" ") || undefined}
        className={`${box(error !== undefined)} ${props.isNumber ? "tabular-nums" : ""}`}
      />
      {error ? <ErrorText id={`${id}-error`} text={error} /> : null}
      {hint ? (
        <p id={`${id}-hint`} className="mt-1 text-small text-quiet">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** One choice of a few. */
export function EditorChoice(
  props: Common & {
    readonly choices: readonly { readonly value: string; readonly label: string }[];
  },
) {
  const { at, name, label, value, errors, hint, choices } = props;
  const id = `field-${at}`;
  const error = errors[at];
  const described = [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean);
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-small text-quiet">
        {label}
      </label>
      <select
        id={id}
        name={name}
        defaultValue={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={described.join(" ") || undefined}
        className={box(error !== undefined)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      {error ? <ErrorText id={`${id}-error`} text={error} /> : null}
      {hint ? (
        <p id={`${id}-hint`} className="mt-1 text-small text-quiet">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
