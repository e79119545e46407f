import { Field } from "@/components/ui/field";
import type { Translate } from "@/components/ui/translate";

export type AmountView = {
  readonly currencyText: string;
  readonly amounts: readonly { readonly value: string; readonly text: string }[];
  /** One of the amounts, "other", or empty. */
  readonly choice: string;
  readonly amount: string;
  readonly amountError: string | null;
};

/**
 * Quick amounts as radio buttons, the last of which opens a field. Where a browser does not know
 * `:has()` the field is simply always there; the server reads it only with "other".
 */
export function AmountChoice({ view, t }: { readonly view: AmountView; readonly t: Translate }) {
  const choices = [...view.amounts, { value: "other", text: t("buy.other") }];
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">
        {t("buy.amountIn", { currency: view.currencyText })}
      </legend>
      <div className="grid grid-cols-4 gap-2">
        {choices.map((choice) => (
          <label key={choice.value}>
            <input
              type="radio"
              name="choice"
              value={choice.value}
              defaultChecked={choice.value === view.choice}
              className="peer sr-only"
            />
            <span
              className="flex h-12 cursor-pointer items-center justify-center rounded-control border
                border-edge bg-raised text-lead peer-checked:border-ink peer-checked:bg-glow-soft
                peer-checked:font-strong peer-checked:border-2
                peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2"
            >
              {choice.text}
            </span>
          </label>
        ))}
      </div>
      <div className="mt-3 [fieldset:not(:has([value=other]:checked))_&]:hidden">
        <Field
          id="amount"
          name="amount"
          label={t("buy.otherAmount", { currency: view.currencyText })}
          isLabelHidden
          error={view.amountError}
          value={view.amount}
          inputMode="decimal"
          maxLength={20}
        />
      </div>
    </fieldset>
  );
}
