import {
  createOrganization,
  enterDirectory,
  freeSlug,
  inScope,
  recordAudit,
  systemScope,
} from "@/lib/access";
import type { OrgScope, RequestOrigin } from "@/lib/access/shared";
import { slugOf } from "@/lib/identity/shared";
import { derivedId } from "../core/derived-id";

export type OrganizationNames = {
  /** As staff read it. */
  readonly name: string;
  /** The seller's on every slip. */
  readonly legalName: string;
  readonly taxNumber: string | null;
};

/**
 * Opens a further organization with the person as its administrator, and gives its name in the
 * person's address bar. The same form sent twice opens one.
 */
export async function openOrganization(
  person: { readonly userId: string; readonly origin: RequestOrigin | null },
  form: { readonly names: OrganizationNames; readonly requestKey: string },
  now: Date,
): Promise<string> {
  const { userId } = person;
  const organizationId = derivedId(userId, form.requestKey);
  const slug = await freeSlug(userId, slugOf(form.names.name));
  const administrator = { userId, slug };
  await createOrganization({ ...form.names, organizationId, administrator, actor: person, now });
  return enterDirectory(systemScope(organizationId, "opened"), administrator);
}

/** Changes what an organization is called; what does not differ leaves no entry. */
export async function changeOrganization(
  scope: OrgScope,
  names: OrganizationNames,
  now: Date,
): Promise<void> {
  const { organizationId } = scope;
  await inScope(scope, async (tx) => {
    // Locked, so that what the trail calls "before" is what stood there.
    const [stood] = await tx.db.$queryRaw<OrganizationNames[]>`
      SELECT name, legal_name AS "legalName", tax_number AS "taxNumber" FROM organization
       WHERE organization_id = ${organizationId}::uuid FOR NO KEY UPDATE`;
    const changed = (["name", "legalName", "taxNumber"] as const).filter(
      (field) => stood?.[field] !== names[field],
    );
    if (changed.length === 0) return;
    await tx.db.organization.updateMany({ where: { organizationId }, data: names });
    const only = (from: OrganizationNames | undefined) =>
      Object.fromEntries(changed.map((field) => [field, from?.[field] ?? ""]));
    await recordAudit(tx, {
      at: now,
      action: "organization.changed",
      subjectKind: "organization",
      subjectId: organizationId,
      detail: {},
      before: only(stood),
      after: only(names),
    });
  });
}
