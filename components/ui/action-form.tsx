"use client";

import { useActionState } from "react";
import { Button } from "./button";
import { ErrorText } from "./error-text";
import { type FormReport, type FormState, NEW_FORM } from "./form-state";
import { Notice } from "./notice";
import { Table } from "./table";

type Common = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly isRequired?: boolean;
};
export type Choice = { readonly value: string; readonly label: string; readonly hint?: string };

/** One field of a console form, as data: the page says what it asks, the form draws it. */
export type FieldView = Common &
  (
    | {
        readonly kind: "text" | "email" | "tel" | "date" | "datetime-local" | "password";
        readonly value?: string;
        readonly autoComplete?: string;
        readonly maxLength?: number;
        /** Which keys a phone shows. */
        readonly inputMode?: "decimal";
      }
    | { readonly kind: "file"; readonly accept: string }
    | { readonly kind: "long"; readonly value?: string; readonly maxLength?: number }
    | {
        readonly kind: "one";
        readonly value?: string;
        /** What stands first when nothing is chosen yet; without it the first choice is. */
        readonly none?: string;
        readonly choices: readonly Choice[];
      }
    | {
        readonly kind: "some";
        readonly values?: readonly string[];
        readonly choices: readonly Choice[];
      }
  );

export type ActionFormView = {
  /** Keeps the ids of several forms on one page apart. */
  readonly id: string;
  readonly fields: readonly FieldView[];
  readonly submit: string;
  /** Values the form carries along: what a decision was read by, which of several is meant. */
  readonly hidden?: readonly { readonly name: string; readonly value: string }[];
  /** One to a page; the others are plain. */
  readonly isPrimary?: boolean;
  /** On a page for phones: controls for a thumb, and letters that no browser zooms in on. */
  readonly isForPhone?: boolean;
  /** What the form is folded under, until somebody wants it or it has an answer. */
  readonly summary?: string;
};

/**
 * A form of the console around a server action. It works without JavaScript, ties each error to its
 * field, and gives back what was typed, passwords left out by the action.
 */
export function ActionForm(props: {
  readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
  readonly view: ActionFormView;
}) {
  const { view } = props;
  const [state, send, isPending] = useActionState(props.action, NEW_FORM);
  const isDone = state.status === "done";
  const form = (
    <form action={send} className="grid gap-4" id={view.id} aria-busy={isPending || undefined}>
      {state.status === "refused" && state.message ? (
        <Notice kind="refused" title={state.message} />
      ) : null}
      {isDone ? (
        <Notice kind="ok" title={state.message}>
          {state.once ? <Once id={`${view.id}-once`} {...state.once} /> : null}
          {state.report ? <Report report={state.report} /> : null}
        </Notice>
      ) : null}
      {(view.hidden ?? []).map(({ name, value }) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {view.fields.map((field) => (
        <FormField key={field.name} field={field} view={view} state={state} />
      ))}
      <div>
        <Button
          size={view.isForPhone ? "resident" : "console"}
          kind={view.isPrimary ? "primary" : "plain"}
          isWide={view.isForPhone ?? false}
        >
          {view.submit}
        </Button>
      </div>
    </form>
  );
  if (view.summary === undefined) return form;
  return (
    <details open={state.status !== "new"}>
      <summary
        className={`cursor-pointer font-medium ${
          view.isForPhone ? "min-h-11 py-2.5" : "min-h-9 py-1.5"
        }`}
      >
        {view.summary}
      </summary>
      <div className="pt-2 pb-4">{form}</div>
    </details>
  );
}

/** The rows that need a look, and the whole as a sheet to keep. */
function Report({ report }: { readonly report: FormReport }) {
  const { title, columns, rows, more, download } = report;
  return (
    <div className="mt-2 grid gap-2">
      {rows.length > 0 ? (
        <div className="overflow-x-auto">
          <Table caption={title} columns={columns} rows={rows} />
        </div>
      ) : null}
      {more ? <p className="text-small text-quiet">{more}</p> : null}
      <p>
        <a
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(download.text)}`}
          download={download.name}
          className="underline decoration-line underline-offset-4 hover:decoration-ink"
        >
          {download.label}
        </a>
      </p>
    </div>
  );
}

/** A field that can be selected whole and copied, and is sent nowhere. */
function Once(props: { readonly id: string; readonly label: string; readonly text: string }) {
  return (
    <>
      <label htmlFor={props.id} className="mb-1 block text-small text-quiet">
        {props.label}
      </label>
      <input
        id={props.id}
        readOnly
        value={props.text}
        dir="ltr"
        className="h-9 w-full rounded-control border border-edge bg-raised px-2.5 font-mono
          text-small"
      />
    </>
  );
}

function FormField(props: {
  readonly field: FieldView;
  readonly view: ActionFormView;
  readonly state: FormState;
}) {
  const { field, view, state } = props;
  const refused = state.status === "refused" ? state : null;
  const error = refused?.fieldErrors[field.name] ?? null;
  const typed = refused?.typed[field.name];
  const id = `${view.id}-${field.name}`;
  const described = [error ? `${id}-error` : "", field.hint ? `${id}-hint` : ""].filter(Boolean);
  const control: ControlProps = {
    id,
    name: field.name,
    required: field.isRequired,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": described.join(" ") || undefined,
    className: boxClass({ isForPhone: view.isForPhone ?? false, isWrong: error !== null }),
  };
  const notes = (
    <>
      {error ? <ErrorText id={`${id}-error`} text={error} /> : null}
      {field.hint ? (
        <p id={`${id}-hint`} className="mt-1 text-small text-quiet">
          {field.hint}
        </p>
      ) : null}
    </>
  );
  if (field.kind === "some") {
    return (
      <fieldset aria-describedby={control["aria-describedby"]}>
        <legend className="mb-1 font-medium">{field.label}</legend>
        <Checks field={field} values={typed ?? field.values ?? []} />
        {notes}
      </fieldset>
    );
  }
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {field.label}
      </label>
      <Control
        field={field}
        value={typed?.[0] ?? ("value" in field ? field.value : "") ?? ""}
        control={control}
      />
      {notes}
    </div>
  );
}

type ControlProps = {
  readonly id: string;
  readonly name: string;
  readonly required: boolean | undefined;
  readonly "aria-invalid": true | undefined;
  readonly "aria-describedby": string | undefined;
  readonly className: string;
};

function boxClass(box: { readonly isForPhone: boolean; readonly isWrong: boolean }): string {
  const size = box.isForPhone ? "min-h-11 px-3.5 text-lead" : "min-h-9 px-2.5 text-body";
  const edge = box.isWrong ? "border-2 border-brick" : "border-edge";
  return `w-full min-w-0 rounded-control border bg-raised ${size} ${edge}`;
}

function Control(props: {
  readonly field: Exclude<FieldView, { readonly kind: "some" }>;
  readonly value: string;
  readonly control: ControlProps;
}) {
  const { field, value, control } = props;
  // A value that comes back from the action is a new default, and a default is read once.
  const key = value;
  if (field.kind === "long") {
    const { maxLength } = field;
    return (
      <textarea
        key={key}
        {...control}
        rows={3}
        maxLength={maxLength}
        defaultValue={value}
        dir="auto"
        className={`${control.className} py-2`}
      />
    );
  }
  if (field.kind === "file") {
    // A browser gives a file to nobody a second time: it is chosen anew after a refusal.
    return (
      <input
        {...control}
        type="file"
        accept={field.accept}
        className={`${control.className} py-1.5`}
      />
    );
  }
  if (field.kind === "one") {
    return (
      <select key={key} {...control} defaultValue={value}>
        {field.none === undefined ? null : <option value="">{field.none}</option>}
        {field.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      key={key}
      {...control}
      type={field.kind}
      maxLength={field.maxLength}
      autoComplete={field.autoComplete ?? "off"}
      inputMode={field.inputMode}
      dir={field.kind === "text" ? "auto" : undefined}
      defaultValue={field.kind === "password" ? "" : value}
    />
  );
}

function Checks(props: {
  readonly field: Extract<FieldView, { readonly kind: "some" }>;
  readonly values: readonly string[];
}) {
  const { field, values } = props;
  return (
    <ul className="grid gap-1">
      {field.choices.map((choice) => (
        <li key={choice.value}>
          <label className="inline-flex min-h-9 items-center gap-2.5">
            <input
              type="checkbox"
              name={field.name}
              value={choice.value}
              defaultChecked={values.includes(choice.value)}
              className="size-4 accent-glow"
            />
            <span className="min-w-0">
              <bdi>{choice.label}</bdi>
              {choice.hint ? (
                <span className="ms-2 text-small text-quiet">{choice.hint}</span>
              ) : null}
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}
