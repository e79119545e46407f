import { ActionForm } from "@/components/ui/action-form";
import type { Translate } from "@/components/ui/translate";
import type { FormAround } from "./form-around";

export type InvitationRowView = {
  readonly id: string;
  readonly email: string;
  readonly asText: string;
  readonly stateText: string;
  readonly isExpired: boolean;
  readonly byText: string;
  readonly renew: FormAround | null;
  readonly revoke: FormAround | null;
};

/** Who has not answered yet, with the way to send it again or take it back. */
export function InvitationList(props: {
  readonly invitations: readonly InvitationRowView[];
  readonly t: Translate;
}) {
  const { invitations, t } = props;
  return (
    <section aria-labelledby="invitations-title">
      <h2 id="invitations-title" className="pb-3 text-lead font-strong">
        {t("people.invitations")}
      </h2>
      <ul className="border-t border-line">
        {invitations.map((invitation) => (
          <li key={invitation.id} className="border-b border-line py-3">
            <p className="font-medium break-all">{invitation.email}</p>
            <p className="text-quiet">
              {invitation.asText}
              <span aria-hidden="true"> · </span>
              <span className={invitation.isExpired ? "text-brick" : ""}>
                {invitation.stateText}
              </span>
              <span aria-hidden="true"> · </span>
              {invitation.byText}
            </p>
            <div className="mt-2 flex flex-wrap gap-3">
              {invitation.renew ? <ActionForm {...invitation.renew} /> : null}
              {invitation.revoke ? <ActionForm {...invitation.revoke} /> : null}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
