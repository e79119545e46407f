import { inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";

/** What of an organization's first hour is done. */
export type FirstSteps = {
  readonly hasBuilding: boolean;
  readonly hasTariff: boolean;
  readonly hasSold: boolean;
};

/** Three looks at an index each, whatever an organization has. */
export async function findFirstSteps(scope: OrgScope): Promise<FirstSteps> {
  const { organizationId } = scope;
  const [steps] = await inScope(
    scope,
    (tx) => tx.db.$queryRaw<FirstSteps[]>`
      SELECT EXISTS (SELECT FROM building WHERE organization_id = ${organizationId}::uuid)
          AS "hasBuilding",
        EXISTS (SELECT FROM tariff WHERE organization_id = ${organizationId}::uuid) AS "hasTariff",
        EXISTS (SELECT FROM purchase WHERE organization_id = ${organizationId}::uuid
          AND issued_at IS NOT NULL) AS "hasSold"`,
  );
  return steps ?? { hasBuilding: false, hasTariff: false, hasSold: false };
}
