import { inWorkerScope, type ScopedTx } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import { civilDayAt, startOfCivilDay } from "@/lib/property";
import { dayAfter } from "@/lib/property/shared";
import type { Quantity } from "../core/reading";
import { spansOf, type UsageSpan } from "../core/usage-between";
import { type CivilDay, type DayOfUse, usageByDay } from "../core/usage-by-day";
import { listBought, listEffective } from "./effective-readings";

/**
 * Works out anew what a meter counted in a unit, day by day, from all its readings there; so a late
 * or corrected one ends in the same rows as one in time. One at a time for a meter. Gives the place
 * it serves; null for an installation that there is not.
 */
export function rollUpUsage(
  scope: SystemScope,
  installationId: string,
): Promise<{ readonly unitId: string; readonly buildingId: string } | null> {
  const { organizationId } = scope;
  return inWorkerScope(scope, async (tx) => {
    const served = await tx.db.meterInstallation.findUnique({
      where: { organizationId_id: { organizationId, id: installationId } },
      select: {
        meterId: true,
        unitId: true,
        meter: { select: { resource: true } },
        unit: { select: { buildingId: true, building: { select: { timeZone: true } } } },
      },
    });
    if (!served) return null;
    const { meterId, unitId } = served;
    const { resource } = served.meter;
    const { buildingId } = served.unit;
    await tx.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${meterId}, 0))::text`;
    const spans = await spansIn(tx, { meterId, unitId });
    const use = usageByDay(spans, civilDays(spans, served.unit.building.timeZone));
    await tx.db.usageDay.deleteMany({ where: { organizationId, unitId, meterId } });
    await insertUse(tx, { meterId, unitId, buildingId, resource }, use);
    return { unitId, buildingId };
  });
}

/** As one list: a year of days is a statement that need not be spelled out value by value. */
async function insertUse(
  tx: ScopedTx,
  served: Served & { readonly buildingId: string; readonly resource: string },
  use: readonly DayOfUse[],
): Promise<void> {
  const { organizationId } = tx.scope;
  const { meterId, unitId, buildingId, resource } = served;
  const days = JSON.stringify(use.map((day) => ({ ...day, used: day.used.toString() })));
  await tx.db.$executeRaw`
    INSERT INTO usage_day (organization_id, unit_id, meter_id, building_id, resource, day, used,
      is_measured, basis_at)
    SELECT ${organizationId}::uuid, ${unitId}::uuid, ${meterId}::uuid, ${buildingId}::uuid,
      ${resource}, d.day, d.used, d."isMeasured", d."basisAt"
    FROM jsonb_to_recordset(${days}::jsonb)
      AS d(day date, used bigint, "isMeasured" boolean, "basisAt" timestamptz)`;
}

type Served = { readonly meterId: string; readonly unitId: string };

/** Use between readings while the meter served the unit, however often it came and went. */
async function spansIn(tx: ScopedTx, { meterId, unitId }: Served): Promise<readonly UsageSpan[]> {
  const { organizationId } = tx.scope;
  const stays = await tx.db.meterInstallation.findMany({
    where: { organizationId, meterId, unitId },
    select: { startsAt: true, endsAt: true },
    orderBy: { startsAt: "asc" },
    take: 100,
  });
  const first = stays[0];
  if (!first) return [];
  const bought = await listBought(tx, [meterId], first.startsAt);
  const spans: UsageSpan[] = [];
  for (const { startsAt, endsAt } of stays) {
    const read = (quantity: Quantity) =>
      listEffective(tx, { meterId, quantity, from: startsAt, to: endsAt });
    const register = await read("register");
    // A meter that counts up says it itself; the other way needs what was bought as well.
    if (register.length > 1) spans.push(...spansOf(register, { quantity: "register", bought }));
    else spans.push(...spansOf(await read("remaining"), { quantity: "remaining", bought }));
  }
  return spans;
}

function civilDays(spans: readonly UsageSpan[], timeZone: string): readonly CivilDay[] {
  const first = spans[0];
  const last = spans.at(-1);
  if (!first || !last) return [];
  const days: CivilDay[] = [];
  let day = civilDayAt(first.from, timeZone);
  let from = startOfCivilDay(day, timeZone);
  while (from < last.to) {
    const next = dayAfter(day);
    const to = startOfCivilDay(next, timeZone);
    days.push({ day, from, to });
    day = next;
    from = to;
  }
  return days;
}
