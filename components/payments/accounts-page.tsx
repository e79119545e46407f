import { ActionForm, type ActionFormView } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import type { FormState } from "@/components/ui/form-state";
import { StateMark } from "@/components/ui/state-mark";
import type { Translate } from "@/components/ui/translate";

type Action = (previous: FormState, form: FormData) => Promise<FormState>;

type AccountRowView = {
  readonly id: string;
  readonly label: string;
  readonly providerText: string;
  readonly endsText: string;
  readonly state: "waiting" | "active" | "off";
  readonly stateText: string;
  readonly changedText: string;
  readonly address: string | null;
  /** Null where the provider cannot be asked yet, or the account is off already. */
  readonly test: Action | null;
  readonly switchOff: Action | null;
};

export type AccountsPageView = {
  readonly backHref: string;
  readonly accounts: readonly AccountRowView[];
  readonly forms: readonly {
    readonly title: string;
    readonly tellText: string | null;
    readonly address: string | null;
    readonly action: Action;
    readonly view: ActionFormView;
  }[];
};

const MARKS = { waiting: "waiting", active: "ok", off: "note" } as const;

/** Which accounts residents pay into, and how another is added. */
export function AccountsPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: AccountsPageView;
}) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <a href={view.backHref} className="text-quiet hover:text-ink hover:underline">
        {t("payments.title")}
      </a>
      <h1 className="mt-2 text-title font-strong tracking-tight">{t("paymentAccounts.title")}</h1>
      <p className="mt-1 mb-6 max-w-reading text-quiet">{t("paymentAccounts.lead")}</p>
      <div className="grid items-start gap-x-12 gap-y-8 desk:grid-cols-2">
        <section aria-labelledby="accounts" className="min-w-0">
          <h2 id="accounts" className="mb-3 text-lead font-strong">
            {t("paymentAccounts.list")}
          </h2>
          {view.accounts.length === 0 ? (
            <EmptyState title={t("paymentAccounts.none")} text={t("paymentAccounts.noneText")} />
          ) : (
            <ul className="border-t border-line">
              {view.accounts.map((account) => (
                <AccountRow key={account.id} account={account} t={t} />
              ))}
            </ul>
          )}
        </section>
        <section aria-labelledby="add" className="min-w-0">
          <h2 id="add" className="mb-3 text-lead font-strong">
            {t("paymentAccounts.another")}
          </h2>
          <div className="border-t border-line">
            {view.forms.map((form) => (
              <details key={form.view.id} className="border-b border-line">
                <summary className="cursor-pointer py-2.5 font-medium">{form.title}</summary>
                <div className="pt-2 pb-5">
                  {form.address ? (
                    <p className="mb-4 text-small text-quiet">
                      {form.tellText} <code className="break-all text-ink">{form.address}</code>
                    </p>
                  ) : null}
                  <ActionForm action={form.action} view={form.view} />
                </div>
              </details>
            ))}
          </div>
        </section>
      </div>
    </ConsoleShell>
  );
}

function AccountRow(props: { readonly account: AccountRowView; readonly t: Translate }) {
  const { account, t } = props;
  return (
    <li className="border-b border-line py-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <bdi className="font-medium break-words">{account.label}</bdi>
        <span className="flex items-center gap-1.5 text-small">
          <StateMark kind={MARKS[account.state]} />
          {account.stateText}
        </span>
      </p>
      <p className="text-small text-quiet">
        {account.providerText}, {account.endsText}
      </p>
      <p className="text-small text-quiet">{account.changedText}</p>
      {account.address ? (
        <p className="text-small break-all text-quiet">
          {t("paymentAccounts.address")} <code>{account.address}</code>
        </p>
      ) : null}
      <div className="mt-2 flex flex-wrap gap-x-6">
        {account.test ? (
          <ActionForm
            action={account.test}
            view={{
              id: `test-account-${account.id}`,
              submit: t("paymentAccounts.test"),
              fields: [],
            }}
          />
        ) : null}
        {account.switchOff ? (
          <ActionForm
            action={account.switchOff}
            view={{
              id: `switch-off-${account.id}`,
              summary: t("paymentAccounts.switchOff"),
              submit: t("paymentAccounts.switchOffNow"),
              fields: [],
            }}
          />
        ) : null}
      </div>
    </li>
  );
}
