"use server";

import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { lastInstantText } from "@/app/_view/civil-days";
import { LANGUAGE } from "@/app/_view/frames";
import { qrCodeOf } from "@/app/_view/qr-code";
import type { InvitationState } from "@/components/property/invitation-form";
import { findOrganization } from "@/lib/access";
import { systemClock, webEnv } from "@/lib/platform";
import { findUnit, inviteResident, listUnitLeases } from "@/lib/property";
import { formatJoinCode } from "@/lib/property/shared";

type Bound = { readonly org: string; readonly unitId: string; readonly leaseId: string };

/**
 * Makes a printed invitation and answers with its sheet: the only time that the code is shown. A
 * former one stops working.
 */
export async function printInvitationAction(
  bound: Bound,
  _previous: InvitationState,
  _form: FormData,
): Promise<InvitationState> {
  const { org, unitId, leaseId } = boundTexts(bound, "org", "unitId", "leaseId");
  const { scope } = await requireOrgScope(org, "resident:invite");
  const now = systemClock.now();
  const t = translatorFor(LANGUAGE.lang);
  const unit = await findUnit(scope, unitId, now);
  const leases = await listUnitLeases(scope, unitId, now);
  const lease = leases.find((one) => one.leaseId === leaseId);
  if (!unit || !lease) return { status: "refused", message: t("leaseError.lease-not-found") };
  const invited = await inviteResident(scope, { leaseId, now });
  if (!invited.ok) return { status: "refused", message: t(`leaseError.${invited.error}`) };
  const { code, expiresAt } = invited.value;
  const site = webEnv().SITE_URL.replace(/\/$/, "");
  const { name: organizationName } = await findOrganization(scope);
  return {
    status: "made",
    sheet: {
      organizationName,
      buildingName: unit.building.name,
      unitLabel: unit.label,
      residentName: lease.residentName,
      address: `${site}/join`,
      addressText: `${site.replace(/^https?:\/\//, "")}/join`,
      codeText: formatJoinCode(code),
      // Paper outlives a year: the day is written with its own.
      untilText: lastInstantText(expiresAt, unit.building, new Date(0)),
      qr: qrCodeOf(`${site}/join/${code}`),
    },
  };
}
