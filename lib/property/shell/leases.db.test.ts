import { beforeEach, describe, expect, it } from "vitest";
import {
  addStaff,
  findOrgScope,
  holdLeasesByContact,
  inScope,
  isContactOfLease,
  listResidentScopes,
} from "@/lib/access";
import type { Contact, OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import {
  createBuilding,
  endLease,
  findServedMeter,
  forgetEndedLease,
  listHeldUnits,
  listUnitLeases,
  setResidentContact,
  startLease,
} from "..";

const NOW = new Date("2026-06-01T09:00:00Z");
/** Midnight of 10 June in Nairobi. */
const TENTH = new Date("2026-06-09T21:00:00Z");
const at = (iso: string) => new Date(iso);

let flat: Flat;
let phone: Contact & { kind: "phone" };
beforeEach(async () => {
  flat = await makeFlat(NOW);
  const digits = BigInt(`0x${newId().replaceAll("-", "")}`) % 10n ** 9n;
  phone = { kind: "phone", value: `+254${String(digits).padStart(9, "1")}` };
});

const end = (endsOn: string, now = NOW) =>
  endLease(flat.scope, { leaseId: flat.leaseId, endsOn, now });
const refused = (error: string) => ({ ok: false, error });
const served = (now: Date) => inScope(flat.scope, (tx) => findServedMeter(tx, flat.meterId, now));
const letAgain = (startsOn: string, residentName = "Juma") =>
  startLease(flat.scope, { unitId: flat.unitId, residentName, startsOn, now: NOW });

async function staff(
  role: "manager" | "caretaker",
  buildingIds?: readonly string[],
): Promise<OrgScope> {
  const { organizationId } = flat.scope;
  const userId = newId();
  const slug = `s-${userId}`;
  const limits = buildingIds ? { buildingIds } : {};
  await addStaff(organizationId, { userId, slug, role, now: NOW, ...limits });
  const scope = await findOrgScope({ userId, slug }, "building:read", NOW);
  assert(scope, "who was let in is let in");
  return scope;
}

const audited = (action: string) =>
  inScope(flat.scope, (tx) =>
    tx.db.auditEntry.findMany({
      where: { organizationId: flat.scope.organizationId, subjectId: flat.leaseId, action },
      select: { detail: true, before: true, after: true, personal: { select: { personal: true } } },
      orderBy: { id: "asc" },
    }),
  );

const occupancies = () =>
  inScope(flat.scope, (tx) =>
    tx.db.occupancy.findMany({
      where: { organizationId: flat.scope.organizationId, unitId: flat.unitId },
      select: { startsAt: true, endsAt: true },
      orderBy: { startsAt: "asc" },
    }),
  );

describe("ending a lease", () => {
  it("ends it and the occupancy at the building's midnight, and sales with them", async () => {
    expect(await end("2026-06-10")).toEqual({ ok: true, value: undefined });
    expect(await served(new Date(TENTH.getTime() - 1))).toMatchObject({ leaseId: flat.leaseId });
    expect(await served(TENTH)).toMatchObject({ leaseId: null, occupancyId: null });
    expect(await occupancies()).toEqual([{ startsAt: at("2025-12-31T21:00:00Z"), endsAt: TENTH }]);
    expect(await audited("lease.ended")).toMatchObject([
      { after: { endsOn: "2026-06-10", unit: "B-204" } },
    ]);
  });

  it("lets a day be named that has passed", async () => {
    expect(await end("2026-03-01")).toMatchObject({ ok: true });
    expect(await served(NOW)).toMatchObject({ leaseId: null, occupancyId: null });
  });

  it("is refused before its start, when it is over, and for a day that is none", async () => {
    expect(await end("2026-01-01")).toEqual(refused("ends-before-start"));
    expect(await end("2025-12-31")).toEqual(refused("ends-before-start"));
    await expect(end("2026-02-30")).rejects.toThrow(RangeError);
    expect(await end("2026-06-01")).toMatchObject({ ok: true });
    expect(await end("2026-07-01")).toEqual(refused("lease-already-ended"));
    expect(await end("2026-05-01")).toEqual(refused("lease-already-ended"));
  });

  it("moves an end that is still to come, and says what stood there before", async () => {
    await end("2026-07-01");
    expect(await end("2026-06-10")).toMatchObject({ ok: true });
    expect((await occupancies()).at(-1)?.endsAt).toEqual(TENTH);
    const written = await audited("lease.ended");
    expect(written.at(-1)).toMatchObject({
      before: { endsOn: "2026-07-01" },
      after: { endsOn: "2026-06-10" },
    });
  });

  it("does not move an end into the next resident's time", async () => {
    await end("2026-06-10");
    expect(await letAgain("2026-06-20")).toMatchObject({ ok: true });
    expect(await end("2026-06-21")).toEqual(refused("unit-already-leased"));
    expect(await end("2026-06-20")).toMatchObject({ ok: true });
    expect(await occupancies()).toHaveLength(2);
  });

  it("gives who follows on the same day an occupancy and a wallet of their own", async () => {
    await end("2026-06-10");
    granted(await letAgain("2026-06-10"));
    const before = await served(new Date(TENTH.getTime() - 1));
    const after = await served(TENTH);
    expect(after).toMatchObject({ residentName: "Juma" });
    expect(after?.occupancyId).not.toBe(before?.occupancyId);
  });

  it("is done once when two end it at the same moment", async () => {
    const answers = await Promise.all([end("2026-05-01"), end("2026-05-02"), end("2026-05-03")]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await audited("lease.ended")).toHaveLength(1);
  });

  it("finds no lease of another organization, of another building, nor what is no id", async () => {
    const other = await makeFlat(NOW);
    const ends = { endsOn: "2026-06-10", now: NOW };
    const foreign = await endLease(other.scope, { leaseId: flat.leaseId, ...ends });
    expect(foreign).toEqual(refused("lease-not-found"));
    const facts = { name: "B", address: "B", currency: "KES", timeZone: "UTC" } as const;
    const { tariffId } = flat;
    const beside = await createBuilding(flat.scope, { ...facts, locale: "en", tariffId, now: NOW });
    for (const buildingIds of [[beside], []]) {
      const limited = await staff("manager", buildingIds);
      const beyond = await endLease(limited, { leaseId: flat.leaseId, ...ends });
      expect(beyond).toEqual(refused("lease-not-found"));
      const contact = { leaseId: flat.leaseId, phone: phone.value, email: null, now: NOW };
      expect(await setResidentContact(limited, contact)).toEqual(refused("lease-not-found"));
      expect(await listUnitLeases(limited, flat.unitId, NOW)).toEqual([]);
    }
    for (const leaseId of ["x", "' or true --", newId(), flat.unitId, ""]) {
      const nothing = await endLease(flat.scope, { leaseId, ...ends });
      expect(nothing).toEqual(refused("lease-not-found"));
    }
    const own = await staff("manager", [flat.buildingId]);
    expect(await endLease(own, { leaseId: flat.leaseId, ...ends })).toMatchObject({ ok: true });
  });
});

const setPhone = (value: string | null, now = NOW) =>
  setResidentContact(flat.scope, { leaseId: flat.leaseId, phone: value, email: null, now });

describe("a resident's phone and e-mail", () => {
  it("let in who proves them, and are written down where they can be erased", async () => {
    expect(await setPhone(phone.value)).toMatchObject({ ok: true });
    expect(await isContactOfLease(phone)).toBe(true);
    const userId = newId();
    expect(await holdLeasesByContact({ userId, contact: phone }, NOW)).toBe(1);
    const [held] = await listResidentScopes(userId);
    expect(held?.leaseIds).toEqual([flat.leaseId]);
    const [written] = await audited("lease.contact-changed");
    expect(JSON.stringify([written?.detail, written?.before, written?.after])).not.toContain(
      phone.value,
    );
    expect(written?.personal?.personal).toMatchObject({ phoneBefore: "", phone: phone.value });
  });

  it("are replaced: the old one lets nobody in any more", async () => {
    await setPhone(phone.value);
    expect(await setPhone(null)).toMatchObject({ ok: true });
    expect(await isContactOfLease(phone)).toBe(false);
    expect(await holdLeasesByContact({ userId: newId(), contact: phone }, NOW)).toBe(0);
  });

  it("are written down once when the same is said again", async () => {
    await setPhone(phone.value);
    await setPhone(phone.value);
    expect(await audited("lease.contact-changed")).toHaveLength(1);
  });

  it("stand on the lease from its start when they are known then", async () => {
    await end("2026-05-01");
    const { unitId, scope } = flat;
    const contact = { phone: phone.value, email: null };
    const lease = { unitId, residentName: "Juma", startsOn: "2026-05-01", contact, now: NOW };
    const { leaseId } = granted(await startLease(scope, lease));
    const userId = newId();
    expect(await holdLeasesByContact({ userId, contact: phone }, NOW)).toBe(1);
    expect((await listResidentScopes(userId))[0]?.leaseIds).toEqual([leaseId]);
  });

  it("are forgotten by sign-in when the lease ends, and cannot be set afterwards", async () => {
    await setPhone(phone.value);
    await end("2026-06-01");
    expect(await isContactOfLease(phone)).toBe(false);
    expect(await setPhone(phone.value)).toEqual(refused("lease-already-ended"));
  });

  it("let in until a planned end, and are forgotten on the day", async () => {
    const { leaseId, scope } = flat;
    await setPhone(phone.value);
    await end("2026-06-10");
    const [due] = await inScope(scope, (tx) =>
      tx.db.dueWork.findMany({
        where: { organizationId: scope.organizationId, subjectId: leaseId },
        select: { kind: true, dueAt: true },
      }),
    );
    expect(due).toEqual({ kind: "lease.ended", dueAt: TENTH });
    const justBefore = new Date(TENTH.getTime() - 1);
    expect(await forgetEndedLease(scope, leaseId, justBefore)).toBe(false);
    expect(await isContactOfLease(phone)).toBe(true);
    expect(await holdLeasesByContact({ userId: newId(), contact: phone }, TENTH)).toBe(0);
    expect(await forgetEndedLease(scope, leaseId, TENTH)).toBe(true);
    expect(await isContactOfLease(phone)).toBe(false);
    expect(await forgetEndedLease(scope, newId(), TENTH)).toBe(true);
  });
});

describe("who lives in a unit", () => {
  it("is told with phone and e-mail to who manages leases, without to a caretaker", async () => {
    await setPhone(phone.value);
    const [told] = await listUnitLeases(await staff("manager"), flat.unitId, NOW);
    expect(told).toEqual({
      bed: null,
      leaseId: flat.leaseId,
      residentName: "Jane Wambui",
      startsOn: "2026-01-01",
      endsOn: null,
      hasBegun: true,
      contact: { phone: phone.value, email: null },
      holders: 0,
      invitation: null,
    });
    const toCaretaker = await listUnitLeases(await staff("caretaker"), flat.unitId, NOW);
    expect(toCaretaker).toMatchObject([{ residentName: "Jane Wambui", contact: null }]);
    expect(JSON.stringify(toCaretaker)).not.toContain(phone.value);
  });

  it("is nobody once the lease is over, and then whoever comes next", async () => {
    const manager = await staff("manager");
    await end("2026-06-10");
    granted(await letAgain("2026-06-20"));
    const names = async (now: Date) =>
      (await listUnitLeases(manager, flat.unitId, now)).map((lease) => [
        lease.residentName,
        lease.hasBegun,
      ]);
    expect(await names(NOW)).toEqual([
      ["Jane Wambui", true],
      ["Juma", false],
    ]);
    expect(await names(TENTH)).toEqual([["Juma", false]]);
    expect(await names(at("2026-06-20T12:00:00Z"))).toEqual([["Juma", true]]);
  });

  it("and in whose home a lease that is over stands last, without its meter", async () => {
    const { scope, unitId } = flat;
    const userId = newId();
    await end("2026-06-10");
    const holder = { residentName: "Ruth", holderUserId: userId, now: NOW };
    granted(await startLease(scope, { ...holder, unitId, startsOn: "2026-06-10" }));
    await inScope(scope, (tx) =>
      tx.db.leaseHolder.createMany({
        data: [{ organizationId: scope.organizationId, userId, leaseId: flat.leaseId }],
      }),
    );
    const [resident] = await listResidentScopes(userId);
    assert(resident, "who holds a lease is a resident");
    expect(await listHeldUnits(resident, TENTH)).toMatchObject([
      { startsOn: "2026-06-10", endsOn: null, hasEnded: false, meterNumber: flat.meterNumber },
      { leaseId: flat.leaseId, endsOn: "2026-06-10", hasEnded: true, meterNumber: null },
    ]);
  });
});
