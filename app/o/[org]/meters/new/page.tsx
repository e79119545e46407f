import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { NewMeterPage } from "@/components/property/new-meter-page";
import { findOrganization } from "@/lib/access";
import { listVendingKeys } from "@/lib/property";
import { RESOURCES } from "@/lib/property/shared";
import { registerMeterAction, registerReadMeterAction } from "./actions";

type Props = { readonly params: Promise<{ readonly org: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("newMeter.title") };

/** A claim on a meter number. Not for who is limited to buildings: it belongs to none yet. */
export default async function NewMeterRoute({ params }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "meter:manage");
  const { scope } = visit;
  if (scope.buildingIds !== null) notFound();
  const [organization, keys] = await Promise.all([findOrganization(scope), listVendingKeys(scope)]);
  const frame = await consoleFrame(visit, organization.name, "meters");
  const { t } = frame;
  const choices = keys.map((key) => ({
    value: key.id,
    label: t(key.isPractice ? "newMeter.keyChoicePractice" : "newMeter.keyChoice", {
      sgc: key.supplyGroupCode,
      krn: String(key.keyRevisionNumber),
    }),
  }));
  return (
    <NewMeterPage
      frame={frame}
      view={{ backHref: `/o/${org}/meters`, keys: choices, resources: RESOURCES }}
      actions={{
        sold: registerMeterAction.bind(null, { org }),
        read: registerReadMeterAction.bind(null, { org }),
      }}
    />
  );
}
