import { expect, it } from "vitest";
import { inScope } from "@/lib/access";
import { newId, systemClock } from "@/lib/platform";
import { makeFlat } from "@/prisma/seed/flat";
import { makeMember } from "@/prisma/seed/member";
import { addUnits, drawBuilding } from "./draw-building";

const now = systemClock.now();
const UNITS = ["A-101", "A-102"].map((label, index) => ({ label, floor: 1, position: index + 1 }));

async function house() {
  const flat = await makeFlat(now);
  const { organizationId } = flat.scope;
  const scope = await makeMember(organizationId, { role: "administrator", now });
  const place = { name: "Acacia Court", address: "Ngong Road", locale: "en-KE", now };
  const drawn = { ...place, tariffId: flat.tariffId, timeZone: "Africa/Nairobi", units: UNITS };
  const count = () =>
    inScope(scope, async (tx) => ({
      buildings: await tx.db.building.count({ where: { organizationId } }),
      units: await tx.db.unit.count({ where: { organizationId } }),
    }));
  return { scope, drawn, count };
}

it("a building stands with all its units, in its tariff's currency", async () => {
  const { scope, drawn } = await house();
  const made = await drawBuilding(scope, drawn);
  if (!made.ok) throw new Error(made.error);
  const { organizationId } = scope;
  const building = await inScope(scope, (tx) =>
    tx.db.building.findUniqueOrThrow({
      where: { organizationId_id: { organizationId, id: made.value } },
      select: { currency: true, units: { select: { label: true, kind: true } } },
    }),
  );
  expect(building.currency).toBe("KES");
  expect(building.units.map(({ label }) => label).toSorted()).toEqual(["A-101", "A-102"]);
});

it.each([
  ["another organization's tariff", { tariffId: newId() }, "tariff-not-found"],
  ["a tariff that is no id", { tariffId: "x" }, "tariff-not-found"],
  ["a zone that is none", { timeZone: "Mars/Olympus" }, "zone-unknown"],
  ["a language that is none", { locale: "?" }, "locale-unknown"],
])("%s is refused, and nothing is made", async (_what, wrong, error) => {
  const { scope, drawn, count } = await house();
  const before = await count();
  expect(await drawBuilding(scope, { ...drawn, ...wrong })).toEqual({ ok: false, error });
  expect(await count()).toEqual(before);
});

it("a building grows by units it has not, all of them or none", async () => {
  const { scope, drawn, count } = await house();
  const made = await drawBuilding(scope, drawn);
  if (!made.ok) throw new Error(made.error);
  const buildingId = made.value;
  const before = await count();
  const second = [{ label: "A-201", floor: 2, position: 1 }];
  const both = { buildingId, units: [...second, ...UNITS], now };
  expect(await addUnits(scope, both)).toMatchObject({ error: { code: "label-taken" } });
  expect(await count()).toEqual(before);
  expect(await addUnits(scope, { buildingId, units: second, now })).toEqual({ ok: true, value: 1 });
  const elsewhere = await house();
  const theirs = await addUnits(elsewhere.scope, { buildingId, units: second, now });
  expect(theirs).toEqual({ ok: false, error: { code: "building-not-found" } });
});
