import { expect, test } from "vitest";
import { drawAcaciaCourt } from "./acacia-court";
import { drawJubeihaHall } from "./jubeiha-hall";
import type { DrawnBuilding, DrawnUnit } from "./plan";
import { drawRuaDaBica } from "./rua-da-bica";

const NOW = new Date("2026-11-22T14:20:00Z");
const ALL_DAYS = ["2026-11-22T14:20:00Z", "2027-07-20T03:00:00Z", "2026-03-29T01:30:00Z"];
const drawAll = (now: Date) => [drawAcaciaCourt(now), drawRuaDaBica(now), drawJubeihaHall(now)];

const unitsOf = (buildings: readonly DrawnBuilding[]) => buildings.flatMap(({ units }) => units);
const isLet = ({ kind }: DrawnUnit) => kind !== "common" && kind !== "intake";
const count = (units: readonly DrawnUnit[], of: (unit: DrawnUnit) => number) =>
  units.reduce((sum, unit) => sum + of(unit), 0);

test("two draws of one day are equal", () => {
  expect(drawAll(NOW)).toEqual(drawAll(NOW));
});

test("there are 48 flats, 36 units with shops, 60 rooms with 150 beds", () => {
  const [court, bica, hall] = drawAll(NOW).map(({ units }) => units.filter(isLet));
  expect([court?.length, bica?.length, hall?.length]).toEqual([48, 36, 60]);
  expect(count(hall ?? [], ({ beds }) => beds.length)).toBe(150);
  expect(bica?.filter(({ kind }) => kind === "shop")).toHaveLength(6);
});

test("thirteen months bring thousands of sales, and readings a gateway could have sent", () => {
  const units = unitsOf(drawAll(NOW));
  const sales = count(units, (unit) => unit.sales.length);
  const readings = count(units, ({ meters }) =>
    meters.reduce((sum, meter) => sum + meter.readings.length, 0),
  );
  expect(sales).toBeGreaterThan(2_500);
  expect(sales).toBeLessThan(4_500);
  expect(readings).toBeGreaterThan(20_000);
  expect(readings).toBeLessThan(45_000);
});

test.each(ALL_DAYS)(
  "on %s every sale falls to a meter, an occupancy and a lease of its time",
  (day) => {
    const now = new Date(day);
    for (const unit of unitsOf(drawAll(now))) {
      const times = unit.sales.map(({ at }) => at.getTime());
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      for (const sale of unit.sales) {
        const meter = unit.meters[sale.meter];
        const occupancy = unit.occupancies[sale.occupancy];
        expect(meter?.isPrepaid && meter.installedAt <= sale.at).toBe(true);
        expect(!meter?.removedAt || sale.at < meter.removedAt).toBe(true);
        expect(occupancy && occupancy.startsAt <= sale.at && sale.at < now).toBe(true);
        expect(!occupancy?.endsAt || sale.at < occupancy.endsAt).toBe(true);
        expect(Number(sale.amountText)).toBeGreaterThan(0);
      }
    }
  },
);

test.each(ALL_DAYS)(
  "on %s a register never runs backward, and a meter was there when read",
  (day) => {
    const now = new Date(day);
    for (const { meters } of unitsOf(drawAll(now))) {
      for (const { readings, late, installedAt, removedAt } of meters) {
        const all = [...readings, ...late].toSorted((a, b) => a.at.getTime() - b.at.getTime());
        expect(new Set(all.map(({ at }) => at.getTime())).size).toBe(all.length);
        for (const [place, reading] of all.entries()) {
          expect(reading.at >= installedAt && reading.at <= now).toBe(true);
          expect(!removedAt || reading.at < removedAt).toBe(true);
          const before = all[place - 1];
          if (reading.quantity === "register" && before) {
            expect(reading.value >= before.value).toBe(true);
          }
        }
      }
    }
  },
);

test("a meter was swapped, one is bypassed, a notebook came late, a tank leaks at night", () => {
  const [court, , hall] = drawAll(NOW);
  const unit = (building: DrawnBuilding | undefined, label: string) =>
    building?.units.find((each) => each.label === label);
  expect(unit(court, "B-304")?.meters).toHaveLength(2);
  expect(unit(court, "B-401")?.meters[0]?.late).toHaveLength(9);
  const { late = [], readings = [] } = unit(court, "B-401")?.meters[0] ?? {};
  const [first, last] = [late[0]?.at ?? NOW, late.at(-1)?.at ?? NOW];
  expect(readings.filter(({ at }) => at >= first && at <= last)).toEqual([]);
  const bypassed = unit(hall, "307");
  const silentDays = NOW.getTime() - (bypassed?.sales.at(-1)?.at.getTime() ?? 0);
  expect(silentDays / 86_400_000).toBeGreaterThan(45);
  const [before, after] = bypassed?.meters[0]?.readings.slice(-2) ?? [];
  expect((after?.value ?? 0n) - (before?.value ?? 0n)).toBeGreaterThan(20_000n);
  const tank = unit(court, "Roof tank")?.meters[0]?.readings ?? [];
  const lastNight = tank.slice(-22, -18).map(({ value }) => value);
  expect((lastNight.at(-1) ?? 0n) - (lastNight[0] ?? 0n)).toBeGreaterThan(150n);
});

test("the flats that the tour and the tests know stand as they always did", () => {
  const { units } = drawAcaciaCourt(NOW);
  const labels = units.filter(({ leases }) => leases.length === 0).map(({ label }) => label);
  expect(labels.slice(0, 2)).toEqual(["A-203", "A-501"]);
  const holder = units.find(({ label }) => label === "A-204")?.leases[0]?.name;
  expect(holder).toBe("Joyce Chebet");
});
