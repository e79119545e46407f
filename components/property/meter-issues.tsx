import { ActionForm } from "@/components/ui/action-form";
import type { FormState } from "@/components/ui/form-state";
import type { Translate } from "@/components/ui/translate";
import { TokenDigits } from "@/components/vending/token-digits";

export type IssueRowView = {
  readonly approvalId: string;
  readonly title: string;
  readonly reason: string;
  readonly atText: string;
  readonly stateText: string;
  /** Of a token given away; a test's stand with the test. */
  readonly digits: readonly string[];
  readonly mayMake: boolean;
};

/** What was asked for a meter without payment, tests included, the newest first. */
export function MeterIssues(props: {
  readonly issues: readonly IssueRowView[];
  readonly make: (previous: FormState, form: FormData) => Promise<FormState>;
  readonly t: Translate;
}) {
  const { issues, make, t } = props;
  return (
    <section>
      <h2 className="mb-3 text-lead font-strong">{t("ownMeter.history")}</h2>
      {issues.length === 0 ? <p className="text-quiet">{t("ownMeter.historyEmpty")}</p> : null}
      <ul className={issues.length > 0 ? "border-t border-line" : ""}>
        {issues.map((issue) => (
          <li key={issue.approvalId} className="border-b border-line py-3">
            <div className="flex flex-wrap justify-between gap-x-6">
              <span className="font-medium">{issue.title}</span>
              <span className="text-quiet">{issue.stateText}</span>
            </div>
            <p className="text-small text-quiet">{issue.atText}</p>
            <p className="mt-1 break-words whitespace-pre-line">{issue.reason}</p>
            {issue.digits.map((digits) => (
              <div key={digits} className="mt-2">
                <TokenDigits digits={digits} t={t} />
              </div>
            ))}
            {issue.mayMake ? (
              <div className="mt-3">
                <ActionForm
                  action={make}
                  view={{
                    id: `make-${issue.approvalId}`,
                    submit: t("ownMeter.freeMake"),
                    fields: [],
                    hidden: [{ name: "approvalId", value: issue.approvalId }],
                  }}
                />
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
