import { afterAll, expect, it } from "vitest";
import { eraseAuditPersonal, inScope, systemScope } from "@/lib/access";
import { createPerson } from "@/lib/identity";
import { newId } from "@/lib/platform";
import { closePools } from "@/lib/platform/databases";
import { createUnit, endLease, setResidentContact, startLease } from "@/lib/property";
import { makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";

// Personal values stand beside an entry, where they can be erased, and never in it.

const NOW = new Date("2026-06-10T09:00:00Z");
const NAME = "Wilhelmina Adhiambo";
const VALUES = ["+254711000321", "+254711000654", "wilhelmina@example.org", "amended@example.org"];
afterAll(closePools);

it("names, phones and e-mails stand beside the entries, and go when they are erased", async () => {
  const { scope: system, buildingId } = await makeFlat(NOW);
  const { organizationId } = system;
  const manager = await makeMember(organizationId, { role: "administrator", now: NOW });
  const place = { buildingId, label: "B-9", floor: 9, position: 1, now: NOW };
  const unitId = await createUnit(manager, place);
  const [phone = "", otherPhone = "", email = "", otherEmail = ""] = VALUES;
  const userId = await createPerson({ name: NAME, email, password: newId(), now: NOW });
  const lease = { unitId, residentName: NAME, startsOn: "2026-06-01", holderUserId: userId };
  const contact = { phone, email };
  const { leaseId } = granted(await startLease(manager, { ...lease, contact, now: NOW }));
  const change = { leaseId, phone: otherPhone, email: otherEmail, now: NOW };
  granted(await setResidentContact(manager, change));
  granted(await endLease(manager, { leaseId, endsOn: "2026-07-01", now: NOW }));

  const trail = () =>
    inScope(systemScope(organizationId, "test"), async (tx) => {
      const where = { organizationId };
      const entries = await tx.db.auditEntry.findMany({ where });
      const beside = await tx.db.auditPersonal.findMany({ where, select: { personal: true } });
      return [entries, beside].map((rows) =>
        JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? String(value) : value)),
      );
    });
  const [entries = "", beside = ""] = await trail();
  for (const value of [NAME, ...VALUES]) expect(entries).not.toContain(value);
  for (const value of VALUES) expect(beside).toContain(value);

  // They were written beside what the manager did, and are the resident's all the same.
  expect(await eraseAuditPersonal(manager, userId, NOW)).toBeGreaterThan(1);
  const [, left = ""] = await trail();
  for (const value of VALUES) expect(left).not.toContain(value);
});
