import type { OrgVisit } from "@/app/_scope/require-org-scope";
import { formatInstant } from "@/app/_view/instants";
import { organizationPlace } from "@/app/_view/organization-place";
import type { FormState } from "@/components/ui/form-state";
import type { Translate } from "@/components/ui/translate";
import { findOrganization } from "@/lib/access";
import { type Invited, markMailed } from "@/lib/people";
import { messageChannels, sendMessage, webEnv } from "@/lib/platform";

/**
 * Sends an invitation that was just committed, and says what came of it. Where it could not be
 * sent, the answer holds the link, this once: the administrator hands it over.
 */
export async function sendInvitation(
  visit: OrgVisit,
  invited: Invited,
  t: Translate,
): Promise<FormState> {
  const { email, secret, role } = invited;
  if (secret === null) return { status: "done", message: t("people.asked", { email }) };
  const link = new URL(`/invitation/${secret}`, webEnv().SITE_URL).href;
  const [organization, place] = await Promise.all([
    findOrganization(visit.scope),
    organizationPlace(visit.scope),
  ]);
  const until = formatInstant(invited.expiresAt, place);
  const names = { organization: organization.name, name: visit.person.name };
  const values = { ...names, role: t(`role.${role}`), link, until };
  const sent = messageChannels().email
    ? await sendMessage({
        channel: "email",
        to: email,
        subject: t("invitationMail.subject", values),
        text: t("invitationMail.text", values),
      })
    : "not-configured";
  if (sent === "sent") {
    await markMailed(visit.scope, { invitationId: invited.invitationId, secret });
    return { status: "done", message: t("people.sent", { email, until }) };
  }
  const key = sent === "failed" ? "people.sendFailed" : "people.notConfigured";
  const once = { label: t("people.linkLabel"), text: link };
  return { status: "done", message: t(key, { email, until }), once };
}
