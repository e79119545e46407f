import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decideApproval } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { recordReadings, rollUpUsage } from "@/lib/metering";
import { newId } from "@/lib/platform";
import { createReadMeter, createUnit, installMeter } from "@/lib/property";
import type { UnitKind } from "@/lib/property/shared";
import { issueApproved, listIssues, requestFreeIssue } from "@/lib/vending";
import { makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { payFor, sell } from "@/prisma/seed/practice-sale";
import { writeAsOwner } from "@/prisma/seed/roles/as-owner";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { FIGURES, findSheet, listAllRows, listRows } from "..";

// June in Nairobi begins at 21:00 UTC of 31 May. A supply meter counts 200 kWh, rooms 150, stairs
// 20; of the rooms one is vacant, and of the stairs' meter the last ten days are not known.
const OPENED = new Date("2026-05-30T21:00:00Z");
const midnight = (month: number, day: number) => new Date(Date.UTC(2026, month - 1, day - 1, 21));
const NOW = new Date("2026-07-05T09:00:00Z");
const JUNE = { month: "2026-06", now: NOW } as const;

let signer: SignerProcess;
let shop: Shop;
let office: OrgScope;
let buildingId: string;
let vacantId: string;

async function place(kind: UnitKind, label: string, readings: readonly [Date, bigint][]) {
  const { scope } = shop.meter;
  const place = { buildingId, label, floor: 0, position: 1, kind, now: OPENED };
  const unitId = await createUnit(scope, place);
  const counted = {
    meterNumber: `R-${newId().toUpperCase()}`,
    resource: "electricity",
    now: OPENED,
  } as const;
  const meterId = granted(await createReadMeter(scope, counted));
  const installed = { meterId, unitId, startsAt: OPENED };
  const installationId = granted(await installMeter(scope, installed));
  await read(meterId, installationId, readings);
  return unitId;
}

async function read(meterId: string, installationId: string, readings: readonly [Date, bigint][]) {
  const { scope } = shop.meter;
  const rows = readings.map(([at, value]) => ({
    meterId,
    quantity: "register" as const,
    at,
    value,
  }));
  granted(await recordReadings(scope, rows, NOW));
  await rollUpUsage(scope, installationId);
}

beforeAll(async () => {
  signer = await startSigner();
  shop = await openShop(signer.issuer, OPENED);
  const { scope, meterId, installationId } = shop.meter;
  buildingId = shop.meter.flat.buildingId;
  await place("intake", "Supply", [
    [midnight(6, 1), 0n],
    [midnight(6, 2), 7_001n],
    [midnight(7, 1), 200_000n],
    [midnight(7, 4), 290_000n],
  ]);
  await place("common", "Stairs", [
    [midnight(6, 1), 0n],
    [midnight(6, 21), 20_000n],
  ]);
  vacantId = await place("room", "Empty", [
    [midnight(6, 1), 0n],
    [midnight(7, 1), 50_000n],
  ]);
  await read(meterId, installationId, [
    [midnight(6, 1), 0n],
    [midnight(7, 1), 100_000n],
  ]);
  const { organizationId } = scope;
  office = await makeMember(organizationId, { role: "dormitory officer", now: OPENED });
  // In the order of time: a meter's token ids only rise.
  const sale = (amountText: string, now: Date) => ({ meterId, amountText, now });
  await sell(scope, sale("290", midnight(6, 5)), shop.tools);
  await giveFree();
  await payFor(scope, sale("58", midnight(6, 20)), shop.tools);
  await sell(scope, sale("290", new Date(midnight(7, 1).getTime() - 1)), shop.tools);
  await sell(scope, sale("290", midnight(7, 1)), shop.tools);
}, 60_000);
afterAll(() => signer.stop());

async function giveFree() {
  const { organizationId } = shop.meter.scope;
  const asked = { meterId: shop.meter.meterId, energyWh: 5_000n, reason: "water in the room" };
  const now = midnight(6, 10);
  const caretaker = await makeMember(organizationId, { role: "caretaker", now: OPENED });
  const second = await makeMember(organizationId, { role: "administrator", now: OPENED });
  const approvalId = granted(await requestFreeIssue(caretaker, { ...asked, now }));
  const [waiting] = await listIssues(caretaker, { meterId: asked.meterId, take: 1 });
  const requestHash = waiting?.requestHash ?? "";
  granted(await decideApproval(second, { approvalId, requestHash, isApproved: true, now }));
  granted(await issueApproved(caretaker, { approvalId, issuer: signer.issuer, now }));
}

const sheet = (change = {}) => findSheet(office, { buildingId, ...JUNE, ...change });
const rowsOf = (figure: (typeof FIGURES)[number], page = { skip: 0, take: 1_000 }) =>
  listRows(office, { buildingId, ...JUNE, figure, ...page });

describe("a building and month reconciled", () => {
  it("says what was supplied, used, common and not explained", async () => {
    expect((await sheet())?.energy).toEqual({
      suppliedWh: 200_000n,
      usedWh: 150_000n,
      commonWh: 20_000n,
      unexplainedWh: 30_000n,
      soldWh: 20_000n,
    });
  });

  it("says what was received and where it went, by the building's own midnight", async () => {
    const money = (await sheet())?.money;
    // Two sales of 290 within June, by a millisecond; 58 that no token was made for.
    expect(money?.received).toMatchObject({ amountMinor: 63_800n, count: 3 });
    expect(money?.sold).toMatchObject({ amountMinor: 58_000n, energyWh: 20_000n, count: 2 });
    expect(money?.open).toMatchObject({ amountMinor: 5_800n });
    expect(money?.free).toEqual({ amountMinor: 14_500n, energyWh: 5_000n, count: 1 });
    expect(money?.difference.amountMinor).toBe(0n);
    const july = (await sheet({ month: "2026-07" }))?.money;
    expect(july?.sold).toMatchObject({ amountMinor: 29_000n, count: 1 });
  });

  it("opens each figure to rows that sum to it exactly, in pages too", async () => {
    const found = await sheet();
    for (const figure of FIGURES) {
      const all = (await rowsOf(figure))?.value;
      const energy = all?.rows.reduce((sum, row) => sum + (row.energyWh ?? 0n), 0n);
      const amount = all?.rows.reduce((sum, row) => sum + (row.amountMinor ?? 0n), 0n);
      expect([energy, amount], figure).toEqual([all?.energyWh, all?.amountMinor]);
      expect(all?.rows.length, figure).toBe(all?.count);
      const { suppliedWh, usedWh, commonWh, unexplainedWh } = found?.energy ?? {};
      const energies = {
        ...{ supplied: suppliedWh, used: usedWh, common: commonWh, unexplained: unexplainedWh },
      } as Readonly<Record<string, bigint | null | undefined>>;
      const booked = Object.entries(found?.money ?? {}).find(([name]) => name === figure)?.[1];
      if (booked) expect([amount, energy], figure).toEqual([booked.amountMinor, booked.energyWh]);
      else expect(energy, figure).toBe(energies[figure]);
      const pages = [];
      for (let skip = 0; skip < (all?.count ?? 0); skip += 7) {
        pages.push(...((await rowsOf(figure, { skip, take: 7 }))?.value.rows ?? []));
      }
      expect(pages, figure).toEqual(all?.rows);
    }
  });

  it("gives a file of the same rows", async () => {
    const file = await listAllRows(office, { buildingId, ...JUNE });
    for (const figure of FIGURES) {
      const rows = file?.rows.filter((row) => row.figure === figure);
      expect(rows, figure).toEqual((await rowsOf(figure))?.value.rows);
    }
  });

  it("says how much is measured, and names what has days missing", async () => {
    const places = (await sheet())?.places;
    const of = (label: string) => places?.find((one) => one.label === label);
    expect(of("Supply")).toMatchObject({ measuredDays: 1, estimatedDays: 29, missingDays: 0 });
    expect(of("Stairs")).toMatchObject({ meteredDays: 30, estimatedDays: 20, missingDays: 10 });
    expect(of("Stairs")?.basisAt).toEqual(midnight(6, 21));
  });

  it("names rooms that use without buying, each with its figures", async () => {
    const signs = (await sheet())?.signs;
    const { unitId } = shop.meter;
    // 100 kWh used; 20 sold and 5 given.
    expect(signs?.find((sign) => sign.unitId === unitId)).toMatchObject({
      ...{ kind: "more-than-vended", usedWh: 100_000n, vendedWh: 25_000n },
    });
    expect(signs?.find((sign) => sign.unitId === vacantId)).toMatchObject({
      ...{ kind: "used-while-vacant", usedWh: 50_000n },
    });
    expect(signs).toHaveLength(2);
  });

  it("is so far only while the month runs, and then counts no day that is not over", async () => {
    expect((await sheet())?.span.isSoFar).toBe(false);
    const july = await sheet({ month: "2026-07" });
    expect(july?.span.isSoFar).toBe(true);
    const supply = july?.places.find(({ label }) => label === "Supply");
    expect(supply).toMatchObject({ meteredDays: 4, missingDays: 1, usedWh: 90_000n });
  });

  it("has nothing to show before there was a building, nor of a month to come", async () => {
    const before = await sheet({ month: "2026-04" });
    expect(before).toMatchObject({ isEmpty: true, energy: { suppliedWh: null } });
    expect(await sheet({ month: "2026-08" })).toBeNull();
    expect(await listAllRows(office, { buildingId, ...JUNE, month: "2026-08" })).toBeNull();
  });

  it("is found by no other organization, and by no role beyond its buildings", async () => {
    const other = await makeFlat(NOW);
    const stranger = await makeMember(other.scope.organizationId, { role: "manager", now: NOW });
    const { organizationId } = office;
    const limited = { role: "accountant", now: NOW, buildingIds: [] } as const;
    const beyond = await makeMember(organizationId, limited);
    for (const scope of [stranger, beyond]) {
      const ask = { buildingId, ...JUNE };
      expect(await findSheet(scope, ask)).toBeNull();
      expect(await listAllRows(scope, ask)).toBeNull();
      expect(await listRows(scope, { ...ask, figure: "sold", skip: 0, take: 9 })).toBeNull();
    }
    for (const id of ["x", newId(), "' or true --"]) {
      expect(await findSheet(office, { buildingId: id, ...JUNE })).toBeNull();
    }
  });

  it("shows as a difference what the ledger moved and the sheet does not know", async () => {
    const { organizationId } = office;
    const { occupancyId } = shop.meter;
    await writeAsOwner(
      "ledger_transfer",
      `INSERT INTO ledger_transfer VALUES ($1, $2, $3, 'customer_unallocated', 'landlord_payable',
         7, 'KES', 'correction', $4, $5, $6)`,
      [organizationId, newId(), midnight(7, 2), newId(), buildingId, occupancyId],
    );
    expect((await sheet({ month: "2026-07" }))?.money.difference.amountMinor).toBe(7n);
  });
});
