import { authPool, prismaFor, runtimePool } from "@/lib/platform/databases";
import { type Contact, contactHash } from "../core/contact";
import { recordAudit } from "./audit";
import { inScope, type ScopedTx } from "./in-scope";
import { systemScope } from "./open-scopes";
import { addLeaseHolder } from "./organizations";

/**
 * Says by which phones and e-mails a lease can be found, in the caller's transaction; those it had
 * before are forgotten. With none, nobody new is let in by a contact.
 */
export async function setLeaseContacts(
  tx: ScopedTx,
  leaseId: string,
  contacts: readonly Contact[],
): Promise<void> {
  const belongsTo = tx.scope.organizationId;
  await tx.db.leaseContact.deleteMany({ where: { belongsTo, leaseId } });
  await tx.db.leaseContact.createMany({
    data: contacts.map((contact) => ({ contactHash: contactHash(contact), belongsTo, leaseId })),
    skipDuplicates: true,
  });
}

/** Whether a phone or an e-mail stands on a lease of anybody's. Asked by sign-in alone. */
export async function isContactOfLease(contact: Contact): Promise<boolean> {
  const where = { contactHash: contactHash(contact) };
  return (await prismaFor(authPool()).leaseContact.findFirst({ where })) !== null;
}

/**
 * Lets a person who has proved a contact into the leases it stands on, where the lease has not
 * ended. Doing it again changes nothing. Gives how many leases were new.
 */
export async function holdLeasesByContact(
  holder: { readonly userId: string; readonly contact: Contact },
  now: Date,
): Promise<number> {
  const { userId, contact } = holder;
  const entries = await prismaFor(runtimePool()).leaseContact.findMany({
    where: { contactHash: contactHash(contact) },
    select: { belongsTo: true, leaseId: true },
    orderBy: [{ belongsTo: "asc" }, { leaseId: "asc" }],
    take: 50,
  });
  let added = 0;
  for (const { belongsTo: organizationId, leaseId } of entries) {
    const scope = systemScope(organizationId, "a contact of the lease signed in");
    added += await inScope(scope, (tx) => holdLease(tx, { userId, leaseId }, now));
  }
  return added;
}

async function holdLease(
  tx: ScopedTx,
  holder: { readonly userId: string; readonly leaseId: string },
  now: Date,
): Promise<number> {
  const { organizationId } = tx.scope;
  const { userId, leaseId } = holder;
  const [open] = await tx.db.$queryRaw<{ is_open: boolean }[]>`
    SELECT NOT EXISTS (SELECT FROM lease_holder h WHERE h.organization_id = l.organization_id
        AND h.lease_id = l.id AND h.user_id = ${userId}::uuid)
      AND (l.ends_on IS NULL OR l.ends_on > (${now}::timestamptz AT TIME ZONE b.time_zone)::date)
      AS is_open
    FROM lease l
    JOIN unit u ON u.organization_id = l.organization_id AND u.id = l.unit_id
    JOIN building b ON b.organization_id = l.organization_id AND b.id = u.building_id
    WHERE l.organization_id = ${organizationId}::uuid AND l.id = ${leaseId}::uuid`;
  if (!open?.is_open) return 0;
  await addLeaseHolder(tx, holder);
  const fact = { at: now, subjectKind: "lease", subjectId: leaseId };
  await recordAudit(tx, { ...fact, action: "lease.holder-added", detail: { userId } });
  return 1;
}
