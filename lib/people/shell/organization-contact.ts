import { inScope, recordAudit } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";

/** Where the seller is and who listens to a complaint, as every receipt says it. */
export type OrganizationContact = {
  readonly address: string | null;
  readonly contactPhone: string | null;
  readonly contactEmail: string | null;
};

const FIELDS = ["address", "contactPhone", "contactEmail"] as const;

/** Changes what receipts say of the seller; what does not differ leaves no entry. */
export async function changeContact(
  scope: OrgScope,
  contact: OrganizationContact,
  now: Date,
): Promise<void> {
  const { organizationId } = scope;
  await inScope(scope, async (tx) => {
    // Locked, so that what the trail calls "before" is what stood there.
    const [stood] = await tx.db.$queryRaw<OrganizationContact[]>`
      SELECT address, contact_phone AS "contactPhone", contact_email AS "contactEmail"
        FROM organization WHERE organization_id = ${organizationId}::uuid FOR NO KEY UPDATE`;
    const changed = FIELDS.filter((field) => stood?.[field] !== contact[field]);
    if (changed.length === 0) return;
    await tx.db.organization.updateMany({ where: { organizationId }, data: contact });
    const only = (from: OrganizationContact | undefined) =>
      Object.fromEntries(changed.map((field) => [field, from?.[field] ?? ""]));
    await recordAudit(tx, {
      at: now,
      action: "organization.changed",
      subjectKind: "organization",
      subjectId: organizationId,
      detail: {},
      before: only(stood),
      after: only(contact),
    });
  });
}
