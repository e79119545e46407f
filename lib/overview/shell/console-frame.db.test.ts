import { expect, it } from "vitest";
import { addStaff, systemScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { recordReadings } from "@/lib/metering";
import { newId, systemClock } from "@/lib/platform";
import { makeFlat } from "@/prisma/seed/flat";
import { makeMember } from "@/prisma/seed/member";
import { makePerson } from "@/prisma/seed/staff";
import { findConsoleFrame } from "./console-frame";

const now = systemClock.now();
const later = new Date(now.getTime() + 3_600_000);

/** An organization of its own; gives its id, and that of its meter. */
async function house() {
  const { scope, meterId, buildingId } = await makeFlat(now);
  return { organizationId: scope.organizationId, meterId, buildingId };
}

/** A register that shows less than before waits for a person. */
async function quarantine(organizationId: string, meterId: string): Promise<void> {
  const readings = [9_000n, 4_000n].map((value, hour) => ({
    ...{ meterId, quantity: "register" as const, value },
    at: new Date(now.getTime() + (hour + 1) * 3_600_000),
  }));
  const after = new Date(now.getTime() + 4 * 3_600_000);
  const taken = await recordReadings(systemScope(organizationId, "test"), readings, after);
  expect(taken).toMatchObject({ value: [{ outcome: "accepted" }, { outcome: "quarantined" }] });
}

const namesOf = async (scope: OrgScope, at = now) =>
  (await findConsoleFrame(scope, at)).places.map(({ slug }) => slug);

it("every place of the person is named, by its own rows alone, and none that is over", async () => {
  const [here, there, left] = [await house(), await house(), await house()];
  const scope = await makeMember(here.organizationId, { role: "manager", now });
  const { userId } = scope;
  const second = `second-${newId()}`;
  const guest = `guest-${newId()}`;
  await addStaff(there.organizationId, { userId, role: "viewer", slug: second, now });
  const hours = { endsAt: later, now } as const;
  await addStaff(left.organizationId, { userId, role: "support", slug: guest, ...hours });
  const open = [scope.slug, second, guest];
  expect((await namesOf(scope)).toSorted()).toEqual(open.toSorted());
  expect(await namesOf(scope, later)).not.toContain(guest);
  const frame = await findConsoleFrame(scope, now);
  // The setting stands on the organization that is looked at again: support elsewhere is not told.
  expect(frame.support).toEqual([]);
  expect(frame.name).toBe(frame.places.find(({ slug }) => slug === scope.slug)?.name);
});

it("who looks on as support is told to every member, while it lasts", async () => {
  const { organizationId } = await house();
  const scope = await makeMember(organizationId, { role: "viewer", now });
  const { userId } = await makePerson(now);
  const helper = { userId, role: "support", slug: `s-${newId()}`, endsAt: later, now } as const;
  await addStaff(organizationId, helper);
  expect((await findConsoleFrame(scope, now)).support).toEqual([{ userId, endsAt: later }]);
  expect((await findConsoleFrame(scope, later)).support).toEqual([]);
});

it("readings that wait are counted for who decides them, within a role's buildings", async () => {
  const { organizationId, meterId, buildingId } = await house();
  await quarantine(organizationId, meterId);
  const waitingFor = async (role: "manager" | "viewer", buildingIds?: readonly string[]) => {
    const staff = { role, now, ...(buildingIds ? { buildingIds } : {}) };
    return (await findConsoleFrame(await makeMember(organizationId, staff), now)).waiting;
  };
  expect(await waitingFor("manager")).toBe(1);
  expect(await waitingFor("manager", [buildingId])).toBe(1);
  expect(await waitingFor("manager", [])).toBe(0);
  expect(await waitingFor("viewer")).toBe(0);
});
