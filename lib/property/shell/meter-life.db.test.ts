import { beforeAll, beforeEach, expect, it } from "vitest";
import { decideInstallationMode, findGuestScopeByMeter, inScope } from "@/lib/access";
import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { makeSellingMeter, reserveTokenSet } from "@/prisma/seed/reservation";
import { createBuilding, createUnit, findMeter, findServedMeter, installMeter } from "..";
import { listInstallations, takeMeterOut } from "./meter-life";

const OPENED = new Date("2026-05-01T08:00:00Z");
const OUT = new Date("2026-05-20T10:00:00Z");
const LATER = new Date("2026-05-21T10:00:00Z");

let flat: Flat;
beforeAll(() => decideInstallationMode("practice", OPENED));
beforeEach(async () => {
  flat = await makeFlat(OPENED);
});

const takeOut = (now = OUT, scope: Parameters<typeof takeMeterOut>[0] = flat.scope) =>
  takeMeterOut(scope, { meterId: flat.meterId, reason: "its relay is broken", now });

it("a meter that is taken out serves nobody from then on, and its time there stays", async () => {
  expect(await takeOut()).toEqual({ ok: true, value: undefined });
  expect(await findMeter(flat.scope, flat.meterId, LATER)).toMatchObject({ unitId: null });
  const guest = await findGuestScopeByMeter(flat.meterNumber);
  assert(guest, "a verified number opens a guest's scope");
  const served = await inScope(guest, (tx) => findServedMeter(tx, flat.meterId, LATER));
  expect(served).toBeNull();
  expect(await listInstallations(flat.scope, flat.meterId)).toEqual([
    {
      id: flat.installationId,
      unitId: flat.unitId,
      unitLabel: "B-204",
      buildingName: "Acacia Court",
      startsAt: OPENED,
      endsAt: OUT,
    },
  ]);
});

it("the trail says who took it out, of where, and why", async () => {
  granted(await takeOut());
  const { organizationId } = flat.scope;
  const entries = await inScope(flat.scope, (tx) =>
    tx.db.auditEntry.findMany({
      where: { organizationId, subjectId: flat.meterId, action: "meter.taken-out" },
      select: { detail: true, before: true },
    }),
  );
  expect(entries).toEqual([
    {
      detail: { meterNumber: flat.meterNumber, reason: "its relay is broken" },
      before: { unitId: flat.unitId, unit: "B-204" },
    },
  ]);
});

it("it can hang elsewhere afterwards, and another in its place", async () => {
  granted(await takeOut());
  const place = { buildingId: flat.buildingId, label: "B-205", floor: 2, position: 5 };
  const unitId = await createUnit(flat.scope, { ...place, now: LATER });
  granted(await installMeter(flat.scope, { meterId: flat.meterId, unitId, startsAt: LATER }));
  const other = await makeSellingMeter(flat, { vendingKeyId: flat.vendingKeyId, now: OPENED });
  granted(await takeMeterOut(flat.scope, { meterId: other.meterId, reason: "it moves", now: OUT }));
  const moved = { meterId: other.meterId, unitId: flat.unitId, startsAt: LATER };
  granted(await installMeter(flat.scope, moved));
  const labels = (await listInstallations(flat.scope, flat.meterId)).map((each) => each.unitLabel);
  expect(labels).toEqual(["B-205", "B-204"]);
});

it("is refused while somebody has paid and has no token yet", async () => {
  const selling = await makeSellingMeter(flat, { vendingKeyId: flat.vendingKeyId, now: OPENED });
  await reserveTokenSet(selling, { tokenUnits: 100, randomNibble: 5, now: OUT });
  const { meterId } = selling;
  const answer = await takeMeterOut(flat.scope, { meterId, reason: "in a hurry", now: LATER });
  expect(answer).toEqual({ ok: false, error: "token-on-its-way" });
  expect(await findMeter(flat.scope, meterId, LATER)).toMatchObject({ unitId: selling.unitId });
});

it("two who take it out at once make one, and the second is told", async () => {
  const answers = await Promise.all([takeOut(), takeOut(), takeOut()]);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.filter(({ ok }) => !ok)).toEqual([
    { ok: false, error: "not-installed" },
    { ok: false, error: "not-installed" },
  ]);
});

it("neither another organization nor a role of another building finds it", async () => {
  const notFound = { ok: false, error: "meter-not-found" };
  const stranger = await makeFlat(OPENED);
  expect(await takeOut(OUT, stranger.scope)).toEqual(notFound);
  const elsewhere = await createBuilding(flat.scope, {
    name: "Baobab Court",
    address: "Ngong Road 14, Nairobi",
    currency: "KES",
    timeZone: "Africa/Nairobi",
    locale: "en-KE",
    tariffId: flat.tariffId,
    now: OPENED,
  });
  const { organizationId } = flat.scope;
  const limited = await makeMember(organizationId, {
    role: "caretaker",
    buildingIds: [elsewhere],
    now: OPENED,
  });
  expect(await takeOut(OUT, limited)).toEqual(notFound);
  expect(await listInstallations(limited, flat.meterId)).toEqual([]);
  expect(await takeMeterOut(flat.scope, { meterId: "x", reason: "y", now: OUT })).toEqual(notFound);
  expect(await takeMeterOut(flat.scope, { meterId: newId(), reason: "y", now: OUT })).toEqual(
    notFound,
  );
});
