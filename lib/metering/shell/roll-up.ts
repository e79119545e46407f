import { inWorkerScope, type ScopedTx } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { civilDayAt, startOfCivilDay } from "@/lib/property";
import { dayAfter } from "@/lib/property/shared";
import type { Quantity, RegisterValue } from "../core/reading";
import { spansOf, type UsageSpan } from "../core/usage-between";
import { type CivilDay, type DayOfUse, usageByDay } from "../core/usage-by-day";
import { listBought, listEffective } from "./effective-readings";

/**
 * Works out anew what a meter counted in a unit, day by day: of a register from the day on that a
 * reading changed, of everything else from the first. A late or corrected reading so ends in the
 * same rows as one in time. One at a time for a meter. Gives the place it serves; null for an
 * installation that there is not.
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
    const { timeZone } = served.unit.building;
    const anchor = await anchorOf(tx, { installationId, meterId, timeZone });
    const spans = anchor
      ? spansOf(anchor.readings, { quantity: "register", bought: [] })
      : await spansIn(tx, { meterId, unitId });
    const days = civilDays(spans, timeZone).filter(({ day }) => !anchor || day >= anchor.day);
    const use = usageByDay(spans, days);
    const from = anchor ? { day: { gte: startOfCivilDay(anchor.day, "UTC") } } : {};
    await tx.db.usageDay.deleteMany({ where: { organizationId, unitId, meterId, ...from } });
    await insertUse(tx, { meterId, unitId, buildingId, resource }, use);
    return { unitId, buildingId };
  });
}

type Anchor = { readonly day: string; readonly readings: readonly RegisterValue[] };

/**
 * From which day on the days of a register are to be made anew, and the readings that these rest
 * on. The last reading before what changed begins the first span that may be another, so its day is
 * the first; and a reading before that day holds the span that reaches into it. Null where all of
 * the meter's days in the unit are to be made: nothing is known of what they have, the meter shows
 * no register, or it has hung here before or since.
 */
async function anchorOf(
  tx: ScopedTx,
  which: { readonly installationId: string; readonly meterId: string; readonly timeZone: string },
): Promise<Anchor | null> {
  const { meterId, timeZone } = which;
  const stay = await takeStale(tx, which.installationId);
  if (stay.staleFrom === null || stay.isOneOfSeveral) return null;
  const { staleFrom, startsAt, endsAt } = stay;
  const before = async (to: Date) => {
    const from = new Date(Math.max(startsAt.getTime(), to.getTime() - REACH_MS));
    return (await listEffective(tx, { meterId, quantity: "register", from, to })).at(-1);
  };
  const last = await before(staleFrom);
  if (!last) return null;
  const day = civilDayAt(last.at, timeZone);
  const holding = await before(startOfCivilDay(day, timeZone));
  if (!holding) return null;
  const span = { from: holding.at, to: endsAt };
  return { day, readings: await listEffective(tx, { meterId, quantity: "register", ...span }) };
}

/** A register that was not read in so long is worked out from the first. */
const REACH_MS = 62 * 86_400_000;

type Stay = {
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly isOneOfSeveral: boolean;
  readonly staleFrom: Date | null;
};

/** Says that everything is worked out; who takes a reading down meanwhile waits, and says again. */
async function takeStale(tx: ScopedTx, installationId: string): Promise<Stay> {
  const { organizationId } = tx.scope;
  const [stay] = await tx.db.$queryRaw<Stay[]>`
    SELECT i.starts_at AS "startsAt", i.ends_at AS "endsAt",
      CASE WHEN i.stale_from < 'infinity' THEN i.stale_from END AS "staleFrom",
      EXISTS (SELECT FROM meter_installation o WHERE o.organization_id = i.organization_id
        AND o.unit_id = i.unit_id AND o.meter_id = i.meter_id AND o.id <> i.id) AS "isOneOfSeveral"
    FROM meter_installation i
    WHERE i.organization_id = ${organizationId}::uuid AND i.id = ${installationId}::uuid
    FOR NO KEY UPDATE OF i`;
  assert(stay !== undefined, "the installation was found before");
  await tx.db.$executeRaw`UPDATE meter_installation SET stale_from = 'infinity'
    WHERE organization_id = ${organizationId}::uuid AND id = ${installationId}::uuid`;
  return stay;
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
