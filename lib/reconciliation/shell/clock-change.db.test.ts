import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OrgScope, SystemScope } from "@/lib/access/shared";
import { recordReadings, rollUpUsage } from "@/lib/metering";
import { newId } from "@/lib/platform";
import { closePools } from "@/lib/platform/databases";
import {
  createBuilding,
  createReadMeter,
  createUnit,
  installMeter,
  startOfCivilDay,
} from "@/lib/property";
import { dayAfter } from "@/lib/property/shared";
import { createTariff } from "@/lib/tariffs";
import { makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { findDayReadings, findSheet, listRows } from "..";

// Lisbon put its clocks on on 29 March 2026 and back on 25 October: days of 23 and of 25 hours.

const ZONE = "Europe/Lisbon";
const OPENED = new Date("2026-02-01T00:00:00Z");
const NOW = new Date("2026-11-05T12:00:00Z");
const PER_HOUR_WH = 137n;
const MONTHS = [
  { month: "2026-03", next: "2026-04-01", day: "2026-03-29", hours: 23n },
  { month: "2026-10", next: "2026-11-01", day: "2026-10-25", hours: 25n },
] as const;

let office: OrgScope;
let buildingId: string;
let daily: string;
let monthly: string;

const hoursSince = (from: Date, to: Date) => BigInt((to.getTime() - from.getTime()) / 3_600_000);
const midnight = (day: string) => startOfCivilDay(day, ZONE);

function daysOf(month: string, next: string): readonly string[] {
  const days = [`${month}-01`];
  while (days.at(-1) !== next) days.push(dayAfter(days.at(-1) ?? next));
  return days;
}

/** A supply meter that counts the same every hour and is read as given. */
async function supply(scope: SystemScope, label: string, instants: readonly Date[]) {
  const place = { buildingId, label, floor: 0, position: 1, kind: "intake", now: OPENED } as const;
  const unitId = await createUnit(scope, place);
  const meterNumber = `R-${newId().toUpperCase()}`;
  const counted = { meterNumber, resource: "electricity", now: OPENED } as const;
  const meterId = granted(await createReadMeter(scope, counted));
  const installed = { meterId, unitId, startsAt: OPENED };
  const installationId = granted(await installMeter(scope, installed));
  const readings = instants.map((at) => ({
    meterId,
    quantity: "register" as const,
    at,
    value: hoursSince(OPENED, at) * PER_HOUR_WH,
  }));
  granted(await recordReadings(scope, readings, NOW));
  await rollUpUsage(scope, installationId);
  return meterId;
}

async function euroTariff(scope: SystemScope): Promise<string> {
  const definition = {
    pricesIncludeTax: true,
    tax: { code: "IVA", percent: "23" },
    steps: [{ upToKwh: null, price: "0.25" }],
  } as const;
  const tariff = { name: "Flat", currency: "EUR", definition, startsAt: OPENED } as const;
  return granted(await createTariff(scope, { ...tariff, now: OPENED }));
}

beforeAll(async () => {
  const { scope } = await makeFlat(OPENED);
  const { organizationId } = scope;
  const tariffId = await euroTariff(scope);
  const house = { name: "Rua da Bica", address: "Lisboa", locale: "pt-PT", now: OPENED };
  buildingId = await createBuilding(scope, { ...house, currency: "EUR", timeZone: ZONE, tariffId });
  const days = MONTHS.flatMap(({ month, next }) => daysOf(month, next).map(midnight));
  daily = await supply(scope, "Read daily", days);
  const ends = MONTHS.flatMap(({ month, next }) => [midnight(`${month}-01`), midnight(next)]);
  monthly = await supply(scope, "Read monthly", ends);
  office = await makeMember(organizationId, { role: "dormitory officer", now: OPENED });
});
afterAll(closePools);

describe.each(MONTHS)("$month, with a day of $hours hours", ({ month, next, day, hours }) => {
  const total = hoursSince(midnight(`${month}-01`), midnight(next)) * PER_HOUR_WH;
  const asked = () => ({ buildingId, month, now: NOW });
  const rows = async () =>
    (await listRows(office, { ...asked(), figure: "supplied", skip: 0, take: 100 }))?.value.rows ??
    [];

  it("is supplied what the registers counted, and its days add up to it", async () => {
    expect((await findSheet(office, asked()))?.energy.suppliedWh).toBe(2n * total);
    for (const meterId of [daily, monthly]) {
      const days = (await rows()).filter((row) => row.meterId === meterId);
      expect(days).toHaveLength(31);
      expect(days.reduce((sum, { energyWh }) => sum + (energyWh ?? 0n), 0n)).toBe(total);
    }
  });

  it("has in that day what was used in its hours, measured and estimated alike", async () => {
    const changed = (await rows()).filter((row) => row.day === day);
    const uses = changed.map(({ meterId, energyWh, measuredDays }) => [
      meterId,
      energyWh,
      measuredDays,
    ]);
    expect(new Map(uses.map(([meterId, ...use]) => [meterId, use]))).toEqual(
      new Map([
        [daily, [hours * PER_HOUR_WH, 1]],
        [monthly, [hours * PER_HOUR_WH, 0]],
      ]),
    );
  });

  it("opens that day to the readings it rests on: its two midnights, or the month's", async () => {
    const of = async (meterId: string) =>
      (await findDayReadings(office, { ...asked(), meterId, day }))?.value.readings.map(
        ({ at }) => at,
      );
    expect(await of(daily)).toEqual([midnight(day), midnight(dayAfter(day))]);
    expect(await of(monthly)).toEqual([midnight(`${month}-01`), midnight(next)]);
  });

  it("opens no day that it does not have, nor another building's meter", async () => {
    const other = await makeFlat(OPENED);
    for (const change of [{ day: "2026-05-05" }, { meterId: other.meterId }, { meterId: "x" }]) {
      expect(await findDayReadings(office, { ...asked(), meterId: daily, day, ...change })).toBe(
        null,
      );
    }
    const stranger = await makeMember(other.scope.organizationId, { role: "manager", now: NOW });
    expect(await findDayReadings(stranger, { ...asked(), meterId: daily, day })).toBeNull();
  });
});
