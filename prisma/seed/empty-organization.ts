import { addStaff, createOrganization, findOrgScope, systemScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { createPerson } from "@/lib/identity";
import { newId } from "@/lib/platform";
import { createTariff } from "@/lib/tariffs";
import { granted } from "./granted";
import { insertVendingKeyRow } from "./roles/vending-key-row";

const ORIGIN = { address: "192.0.2.1", userAgent: "test" };

/** For database tests: an organization with a tariff and a key, and no building; its manager. */
export async function makeEmptyOrganization(now: Date): Promise<OrgScope> {
  const organizationId = await createOrganization({
    name: "Empty Homes",
    legalName: "Empty Homes Limited",
    taxNumber: null,
    now,
  });
  const scope = systemScope(organizationId, "test");
  await insertVendingKeyRow(scope, now);
  const definition = {
    pricesIncludeTax: false,
    tax: { code: "VAT", percent: "16" },
    steps: [{ upToKwh: null, price: "25" }],
  } as const;
  const tariff = {
    name: "Flat rate",
    currency: "KES",
    definition,
    startsAt: now,
    now,
  } as const;
  granted(await createTariff(scope, tariff));
  return asManager(organizationId, now);
}

async function asManager(organizationId: string, now: Date): Promise<OrgScope> {
  const email = `${newId()}@example.org`;
  const userId = await createPerson({ name: "Mary Manager", email, password: newId(), now });
  const slug = `import-${userId}`;
  await addStaff(organizationId, { userId, role: "manager", slug, now });
  const scope = await findOrgScope({ userId, slug, origin: ORIGIN }, "property:manage", now);
  if (!scope) throw new Error("a manager manages property");
  return scope;
}
