import { callScoped, dequeueDueWork, inScope } from "@/lib/access";
import type { OrgScope, SystemScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import {
  type NewReading,
  recordReadings,
  refreshCredit,
  rollUpBuilding,
  rollUpUsage,
} from "@/lib/metering";
import { newId } from "@/lib/platform";
import type { PlacedBuilding, PlacedMeter } from "./move-in";
import type { ReadingSource } from "./plan";

const READINGS_A_BATCH = 1_000;
const LANES = 4;
const DAY_MS = 86_400_000;

const metersOf = (buildings: readonly PlacedBuilding[]): readonly PlacedMeter[] =>
  buildings.flatMap(({ units }) => units.flatMap(({ meters }) => meters));

/**
 * All readings of thirteen months, as drawn: they rise as a meter does, so nothing is to be judged.
 * What a person's hand would have done to some of them is entered by `enterNotebook`.
 */
export async function readAll(
  scope: SystemScope,
  { buildings, now }: { readonly buildings: readonly PlacedBuilding[]; readonly now: Date },
): Promise<number> {
  let count = 0;
  const sources: readonly ReadingSource[] = ["gateway", "import", "resident"];
  for (const source of sources) {
    const readings = metersOf(buildings)
      .filter((meter) => meter.source === source)
      .flatMap(({ id: meterId, readings: read }) =>
        read.map((reading) => ({ ...reading, meterId, reason: null })),
      );
    count += readings.length;
    await inLanes(batchesOf(readings), async (batch) => {
      const numbered = batch.map((reading, place) => ({ ...reading, place, id: newId() }));
      await callScoped(scope, "readings_ingest", {
        now,
        source,
        enteredBy: null,
        readings: numbered,
      });
    });
  }
  return count;
}

function batchesOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  const batches: (readonly T[])[] = [];
  for (let from = 0; from < all.length; from += READINGS_A_BATCH) {
    batches.push(all.slice(from, from + READINGS_A_BATCH));
  }
  return batches;
}

/** The caretaker's notebook, weeks late, with the slips that wait for somebody to look at them. */
export async function enterNotebook(
  caretaker: OrgScope,
  { buildings, now }: { readonly buildings: readonly PlacedBuilding[]; readonly now: Date },
): Promise<void> {
  const meters = metersOf(buildings);
  const late = meters.flatMap(({ id: meterId, late: read }) =>
    read.map((reading) => ({ ...reading, meterId })),
  );
  const noted = await recordReadings(caretaker, late, new Date(now.getTime() - 3 * DAY_MS));
  assert(noted.ok, "a notebook is no longer than a batch");
  const slips = meters.filter((meter) => meter.late.length > 0).flatMap(slipsOf(now));
  assert((await recordReadings(caretaker, slips, now)).ok, "a few slips are no more than a batch");
}

/** Of three meters: a digit left out, one too many, a date in the future. */
function slipsOf(now: Date) {
  return (meter: PlacedMeter, index: number): readonly NewReading[] => {
    const last = meter.readings.at(-1);
    if (!last || index > 2) return [];
    const { id: meterId } = meter;
    const { quantity, value } = last;
    const yesterday = new Date(now.getTime() - DAY_MS - index * 60_000);
    if (index === 0) return [{ meterId, quantity, at: yesterday, value: value / 10n }];
    if (index === 1) return [{ meterId, quantity, at: yesterday, value: value * 10n }];
    const nextWeek = new Date(now.getTime() + 7 * DAY_MS);
    return [{ meterId, quantity, at: nextWeek, value: value + 9_000n }];
  };
}

type Read = { readonly buildings: readonly PlacedBuilding[]; readonly now: Date };

/** Works out what was used, as the worker would, so that the first look finds it there. */
export async function drawUses(scope: SystemScope, { buildings }: Read): Promise<void> {
  const read = metersOf(buildings).filter(
    ({ readings, late }) => readings.length + late.length > 1,
  );
  await inLanes(read, async ({ installationId }) => {
    await rollUpUsage(scope, installationId);
  });
  await inScope(scope, async (tx) => {
    for (const { installationId } of metersOf(buildings)) await dequeueDueWork(tx, installationId);
  });
}

/** What each unit holds, and the sums of the buildings. */
export async function drawSums(scope: SystemScope, { buildings, now }: Read): Promise<void> {
  const units = buildings.flatMap(({ units: placed }) => placed);
  await inLanes(
    units.filter(({ drawn }) => drawn.sales.length > 0),
    ({ id }) => refreshCredit(scope, id, now),
  );
  await inLanes(buildings, ({ id }) => rollUpBuilding(scope, id));
}

async function inLanes<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
