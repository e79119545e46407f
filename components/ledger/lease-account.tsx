import { ActionForm, type ActionFormView } from "@/components/ui/action-form";
import type { FormState } from "@/components/ui/form-state";
import type { Translate } from "@/components/ui/translate";

export type LeaseAccountView = {
  readonly key: string;
  readonly residentName: string;
  readonly facts: readonly {
    readonly label: string;
    readonly valueText: string;
    readonly href: string;
  }[];
  /** Null for a role that may only look. */
  readonly book: {
    readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
    readonly form: ActionFormView;
  } | null;
};

/** What the leases of a unit owe and have left as a deposit, with the form that books either. */
export function LeaseAccounts(props: {
  readonly accounts: readonly LeaseAccountView[];
  readonly t: Translate;
}) {
  const { accounts, t } = props;
  if (accounts.length === 0) return null;
  return (
    <section>
      <h2 className="mb-3 text-lead font-strong">{t("leaseAccount.title")}</h2>
      <ul className="grid gap-4">
        {accounts.map((account) => (
          <li key={account.key} className="border-t border-line pt-2">
            <bdi className="font-medium">{account.residentName}</bdi>
            <dl>
              {account.facts.map((fact) => (
                <div key={fact.label} className="flex justify-between gap-4 py-1">
                  <dt className="text-quiet">{fact.label}</dt>
                  <dd>
                    <a
                      href={fact.href}
                      className="underline decoration-line underline-offset-4
                        hover:decoration-ink"
                    >
                      {fact.valueText}
                    </a>
                  </dd>
                </div>
              ))}
            </dl>
            {account.book ? (
              <ActionForm action={account.book.action} view={account.book.form} />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
