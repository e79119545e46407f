import { formatInstant } from "@/app/_view/instants";
import type { Translate } from "@/components/ui/translate";
import type { InvitationOffer } from "@/lib/people";

const NO_BUILDING = { locale: "en", timeZone: "UTC" };

/** An invitation in words. Its dates are the first named building's; without one they name UTC. */
export function offerView(offer: InvitationOffer, t: Translate) {
  const { organizationName: organization, invitedBy: name, supportHours } = offer;
  const { timeZone, ...place } = offer.place ?? NO_BUILDING;
  const until = `${formatInstant(offer.expiresAt, { timeZone, ...place })} (${zoneText(timeZone)})`;
  const names = (offer.buildings ?? []).map((building) => building.name);
  const chosen = names.length > 0 ? names.join(", ") : t("invitation.noBuildings");
  const facts = [
    { label: t("invitation.email"), text: offer.email },
    { label: t("invitation.role"), text: t(`role.${offer.role}`) },
    {
      label: t("invitation.buildings"),
      text: offer.buildings === null ? t("invitation.allBuildings") : chosen,
    },
    ...(offer.reason ? [{ label: t("invitation.reason"), text: offer.reason }] : []),
  ];
  return {
    organization,
    title: t("invitation.title", { organization }),
    lead: name
      ? t("invitation.lead", { name, organization })
      : t("invitation.leadUnnamed", { organization }),
    email: offer.email,
    facts,
    supportText: supportHours ? t("invitation.supportFor", { hours: supportHours }) : null,
    untilText: t("invitation.until", { until }),
  };
}

const zoneText = (timeZone: string) => timeZone.replaceAll("_", " ");
