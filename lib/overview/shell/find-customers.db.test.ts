import { beforeEach, expect, it } from "vitest";
import type { OrgScope } from "@/lib/access/shared";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { makeMember } from "@/prisma/seed/member";
import { makeSellingMeter, type SellingMeter } from "@/prisma/seed/reservation";
import { findCustomers } from "..";

const NOW = new Date("2026-05-20T08:00:00Z");

let flat: Flat;
let meter: SellingMeter;
let cashier: OrgScope;

beforeEach(async () => {
  flat = await makeFlat(NOW);
  meter = await makeSellingMeter(flat, { vendingKeyId: flat.vendingKeyId, now: NOW });
  cashier = await makeMember(flat.scope.organizationId, { role: "cashier", now: NOW });
});

const find = (text: string, scope = cashier) => findCustomers(scope, { text, now: NOW, take: 8 });

it("a cashier finds a meter by its whole number, its end, its unit and its resident", async () => {
  const { meterNumber, meterId } = meter;
  for (const text of [meterNumber, meterNumber.slice(-5), `m-${meterNumber}`, "Amina", "otieno"]) {
    expect((await find(text)).map((one) => one.meterId)).toContain(meterId);
  }
  expect((await find(meterNumber))[0]).toMatchObject({
    ...{ meterId, meterNumber, unitLabel: `M-${meterNumber}`, residentNames: ["Amina Otieno"] },
  });
});

it("nothing is found by one character, a strange word, or the database's patterns", async () => {
  for (const text of ["", "1", "nobody of this name", "%%%", "__"]) {
    expect(await find(text)).toEqual([]);
  }
});

it("nobody beyond one's buildings and one's organization is found", async () => {
  const { organizationId } = flat.scope;
  const far = await makeMember(organizationId, { role: "cashier", now: NOW, buildingIds: [] });
  const other = await makeFlat(NOW);
  const stranger = await makeMember(other.scope.organizationId, { role: "cashier", now: NOW });
  expect(await find(meter.meterNumber, far)).toEqual([]);
  expect(await find(meter.meterNumber, stranger)).toEqual([]);
});
