import { ActionForm, type ActionFormView } from "@/components/ui/action-form";
import type { FormState } from "@/components/ui/form-state";
import { StateMark } from "@/components/ui/state-mark";
import type { Translate } from "@/components/ui/translate";

export type CaseRowView = {
  readonly id: string;
  readonly amountText: string;
  readonly whyText: string;
  readonly sourceText: string;
  readonly purchaseHref: string | null;
  readonly forms: readonly {
    readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
    readonly view: ActionFormView;
  }[];
};

/** Money that waits for a person: what it is, why it waits, and what can be done. */
export function CaseList(props: {
  readonly id: string;
  readonly title: string;
  readonly cases: readonly CaseRowView[];
  readonly t: Translate;
}) {
  const { id, title, cases, t } = props;
  return (
    <section aria-labelledby={id} className="mb-10">
      <h2 id={id} className="mb-3 text-lead font-strong">
        {title}
      </h2>
      <ul className="border-t border-line">
        {cases.map((one) => (
          <li
            key={one.id}
            className="grid gap-x-10 gap-y-2 border-b border-line py-4 desk:grid-cols-2"
          >
            <div className="min-w-0">
              <p className="flex items-center gap-2 font-medium">
                <StateMark kind="refused" />
                <bdi>{one.amountText}</bdi>
              </p>
              <p className="mt-1">{one.whyText}</p>
              <p className="mt-1 text-small break-words text-quiet">{one.sourceText}</p>
              {one.purchaseHref ? (
                <a href={one.purchaseHref} className="text-small underline underline-offset-4">
                  {t("payments.purchase")}
                </a>
              ) : null}
            </div>
            <div className="min-w-0">
              {one.forms.map((form) => (
                <ActionForm key={form.view.id} {...form} />
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
