"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FocusOn } from "@/components/ui/focus-on";
import { type FormState, NEW_FORM } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";

export type TakeCashView = {
  readonly label: string;
  readonly hint: string;
  readonly submit: string;
  readonly likelyTitle: string;
  /** Notes that a buyer is likely to give, with the change for each. */
  readonly likely: readonly {
    readonly value: string;
    readonly text: string;
    readonly changeText: string;
  }[];
};

/** What the buyer gives: typed, or one of the likely notes; Enter alone takes the exact amount. */
export function TakeCashForm(props: {
  readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
  readonly view: TakeCashView;
}) {
  const { view } = props;
  const [state, send, isPending] = useActionState(props.action, NEW_FORM);
  const refused = state.status === "refused" ? state : null;
  const { tendered: [given = ""] = [] } = refused?.typed ?? {};
  const { tendered: error = null } = refused?.fieldErrors ?? {};
  return (
    <form action={send} id="take-cash" className="grid gap-4" aria-busy={isPending || undefined}>
      {refused?.message ? <Notice kind="refused" title={refused.message} /> : null}
      <Field
        key={given}
        id="take-cash-tendered"
        name="tendered"
        label={view.label}
        hint={view.hint}
        value={given}
        error={error}
        inputMode="decimal"
        maxLength={20}
      />
      <Button kind="primary" isWide>
        {view.submit}
      </Button>
      <fieldset>
        <legend className="mb-2 text-small text-quiet">{view.likelyTitle}</legend>
        <ul className="grid grid-cols-2 gap-2">
          {view.likely.map(({ value, text, changeText }) => (
            <li key={value} className="grid">
              <Button name="likely" value={value}>
                <span className="grid">
                  <bdi>{text}</bdi>
                  <span className="text-small font-normal text-quiet">{changeText}</span>
                </span>
              </Button>
            </li>
          ))}
        </ul>
      </fieldset>
      <FocusOn id="take-cash-tendered" />
    </form>
  );
}
