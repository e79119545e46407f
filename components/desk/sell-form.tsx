"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FocusOn } from "@/components/ui/focus-on";
import { type FormState, NEW_FORM } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";

export type SellFormView = {
  readonly id: string;
  readonly formKey: string;
  readonly find: { readonly label: string; readonly hint: string; readonly value: string };
  readonly amount: { readonly label: string; readonly value: string };
  readonly submit: string;
  /** Where work goes on; the first field, unless a choice is to be made. */
  readonly focusId: string;
};

/** The first step of a sale: whom for and how much, from the keyboard, in one line. */
export function SellForm(props: {
  readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
  readonly view: SellFormView;
}) {
  const { view } = props;
  const [state, send, isPending] = useActionState(props.action, NEW_FORM);
  const refused = state.status === "refused" ? state : null;
  const typed = (name: string, value: string) => refused?.typed[name]?.[0] ?? value;
  const errorAt = (name: string) => refused?.fieldErrors[name] ?? null;
  const find = typed("find", view.find.value);
  const amount = typed("amount", view.amount.value);
  return (
    <form action={send} id={view.id} className="grid gap-4" aria-busy={isPending || undefined}>
      {refused?.message ? <Notice kind="refused" title={refused.message} /> : null}
      <input type="hidden" name="key" value={view.formKey} />
      <div className="grid items-start gap-4 tablet:grid-cols-[minmax(0,1fr)_10rem]">
        <Field
          key={`find ${find}`}
          id={`${view.id}-find`}
          name="find"
          label={view.find.label}
          hint={view.find.hint}
          value={find}
          error={errorAt("find")}
          maxLength={60}
          isRequired
        />
        <Field
          key={`amount ${amount}`}
          id={`${view.id}-amount`}
          name="amount"
          label={view.amount.label}
          value={amount}
          error={errorAt("amount")}
          inputMode="decimal"
          maxLength={20}
          isRequired
        />
      </div>
      <div className="grid tablet:justify-start">
        <Button kind="primary">{view.submit}</Button>
      </div>
      <FocusOn
        key={errorAt("amount") ? "amount" : view.focusId}
        id={errorAt("amount") ? `${view.id}-amount` : view.focusId}
      />
    </form>
  );
}
