import { inScope, recordAudit, setLeaseContacts } from "@/lib/access";
import type { OrgScope, SystemScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { contactsOf, type ResidentContact } from "../core/resident-form";
import type { SetResidentContactError } from "../errors";
import { hasEnded, lockLease } from "./locked-lease";

/**
 * Changes a resident's phone and e-mail, and with them by which contact somebody new is let into
 * the lease. Both are in their one form (`parseResidentContact`); null forgets. Who holds the lease
 * already keeps it. Saying the same again changes nothing. Refused for a lease that is over.
 */
export function setResidentContact(
  scope: OrgScope | SystemScope,
  change: ResidentContact & { readonly leaseId: string; readonly now: Date },
): Promise<Result<void, SetResidentContactError>> {
  const { organizationId } = scope;
  const { leaseId, phone, email, now } = change;
  return inScope(scope, async (tx) => {
    const lease = await lockLease(tx, leaseId);
    if (!lease) return err("lease-not-found");
    if (hasEnded(lease, now)) return err("lease-already-ended");
    if (lease.phone === phone && lease.email === email) return ok(undefined);
    await tx.db.resident.updateMany({
      where: { organizationId, id: lease.residentId },
      data: { phone, email },
    });
    await setLeaseContacts(tx, leaseId, contactsOf({ phone, email }));
    await recordAudit(tx, {
      at: now,
      action: "lease.contact-changed",
      subjectKind: "lease",
      subjectId: leaseId,
      detail: { unit: lease.unitLabel },
      personal: {
        phoneBefore: lease.phone ?? "",
        phone: phone ?? "",
        emailBefore: lease.email ?? "",
        email: email ?? "",
      },
    });
    return ok(undefined);
  });
}
