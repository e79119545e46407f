import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { organizationFields } from "@/app/_view/organization-fields";
import { OrganizationPage } from "@/components/people/organization-page";
import { findOrganization } from "@/lib/access";
import { newId } from "@/lib/platform";
import { openAction } from "./actions";
import { requireAdministrator } from "./require-administrator";

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("settings.newTitle") };

/** A further organization, for who manages one already. */
export default async function NewOrganizationRoute() {
  const visit = await requireAdministrator();
  const organization = await findOrganization(visit.scope);
  const frame = await consoleFrame(visit, organization.name, null);
  const { t } = frame;
  const form = {
    action: openAction,
    view: {
      id: "organization",
      fields: organizationFields(null, t),
      hidden: [{ name: "requestKey", value: newId() }],
      submit: t("settings.create"),
      isPrimary: true,
    },
  };
  const view = { title: t("settings.newTitle"), lead: t("settings.newLead"), form };
  return <OrganizationPage frame={frame} view={view} />;
}
