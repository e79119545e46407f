import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { contactFields } from "@/app/_view/contact-fields";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { organizationFields } from "@/app/_view/organization-fields";
import { OrganizationPage } from "@/components/people/organization-page";
import { findOrganization } from "@/lib/access";
import { contactAction, renameAction } from "./actions";

type Props = { readonly params: Promise<{ readonly org: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("settings.title") };

/** What the organization is called. */
export default async function SettingsRoute({ params }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "organization:manage");
  const organization = await findOrganization(visit.scope);
  const frame = await consoleFrame(visit, organization.name, null);
  const { t } = frame;
  const form = {
    action: renameAction.bind(null, { org }),
    view: {
      id: "settings",
      fields: organizationFields(organization, t),
      submit: t("settings.save"),
      isPrimary: true,
    },
  };
  const contact = {
    title: t("settings.contactTitle"),
    lead: t("settings.contactLead"),
    form: {
      action: contactAction.bind(null, { org }),
      view: {
        id: "seller-contact",
        fields: contactFields(organization, t),
        submit: t("settings.contactSave"),
      },
    },
  };
  const view = { title: t("settings.title"), lead: t("settings.lead"), form, contact };
  return <OrganizationPage frame={frame} view={view} />;
}
