import { buildingsOf, inScope, type ScopedTx } from "@/lib/access";
import type { EndpointScope, OrgScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { instantOfCivilTime } from "@/lib/property";
import { parseRawReading, type RawFault, type RawReading } from "../core/raw-reading";
import type { ReadingRefusal, RecordError } from "../errors";
import { type NewReading, type ReadingOutcome, recordReadings } from "./record-readings";

export type BatchRefusal = ReadingRefusal | RawFault | "not-installed";
export type BatchOutcome =
  | Exclude<ReadingOutcome, { readonly outcome: "refused" }>
  | { readonly outcome: "refused"; readonly reason: BatchRefusal };

/** So many are judged in one transaction. */
const AT_ONCE = 2_500;
const MOST_READINGS = 50_000;

type Batch = { readonly readings: readonly RawReading[]; readonly now: Date };

/**
 * Takes a sheet or a gateway's push down: each row is answered in its place, and none is lost. A
 * civil time is that of the building in which the meter stands. Safe to repeat, whole or in part:
 * what is there already is nothing.
 */
export async function recordBatch(
  scope: OrgScope | EndpointScope,
  { readings, now }: Batch,
): Promise<Result<readonly BatchOutcome[], RecordError>> {
  if (readings.length > MOST_READINGS) return err({ code: "too-many", most: MOST_READINGS });
  const rows = readings.map(parseRawReading);
  const numbers = new Set(rows.flatMap((row) => (row.ok ? [row.value.meterNumber] : [])));
  const stays = await inScope(scope, (tx) => listStays(tx, [...numbers]));
  const outcomes: BatchOutcome[] = [];
  const sound: { readonly place: number; readonly reading: NewReading }[] = [];
  for (const [place, row] of rows.entries()) {
    const reading = row.ok ? placed(row.value, stays) : row;
    if (reading.ok) sound.push({ place, reading: reading.value });
    outcomes.push({ outcome: "refused", reason: reading.ok ? "unknown-meter" : reading.error });
  }
  for (let from = 0; from < sound.length; from += AT_ONCE) {
    const part = sound.slice(from, from + AT_ONCE);
    const recorded = await recordReadings(
      scope,
      part.map(({ reading }) => reading),
      now,
    );
    if (!recorded.ok) return recorded;
    for (const [index, outcome] of recorded.value.entries()) {
      const at = part[index];
      if (at) outcomes[at.place] = outcome;
    }
  }
  return ok(outcomes);
}

type Stay = {
  readonly meterId: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly timeZone: string;
};

type Parsed = Extract<ReturnType<typeof parseRawReading>, { readonly ok: true }>["value"];

/** The meter and the instant of a row; refused where the meter served nothing then. */
function placed(
  { meterNumber, quantity, time, value }: Parsed,
  stays: ReadonlyMap<string, readonly Stay[]>,
): Result<NewReading, BatchRefusal> {
  const known = stays.get(meterNumber);
  const latest = known?.at(-1);
  if (!known || !latest) return err("unknown-meter");
  for (const stay of known) {
    const at = time.kind === "instant" ? time.at : instantOfCivilTime(time.text, stay.timeZone);
    if (!at) return err("not-a-time");
    if (stay.startsAt <= at && (stay.endsAt === null || at < stay.endsAt)) {
      return ok({ meterId: stay.meterId, quantity, at, value });
    }
  }
  return err("not-installed");
}

/** Where the meters of these numbers served and serve, by number, in ascending order. */
async function listStays(
  tx: ScopedTx,
  numbers: string[],
): Promise<ReadonlyMap<string, readonly Stay[]>> {
  const { organizationId } = tx.scope;
  const within = buildingsOf(tx.scope);
  const buildingIds = within && [...within];
  const rows = await tx.db.$queryRaw<(Stay & { readonly meterNumber: string })[]>`
    SELECT m.meter_number AS "meterNumber", m.id AS "meterId", i.starts_at AS "startsAt",
      i.ends_at AS "endsAt", b.time_zone AS "timeZone"
    FROM meter m
    JOIN meter_installation i ON i.organization_id = m.organization_id AND i.meter_id = m.id
    JOIN unit u ON u.organization_id = m.organization_id AND u.id = i.unit_id
    JOIN building b ON b.organization_id = m.organization_id AND b.id = u.building_id
    WHERE m.organization_id = ${organizationId}::uuid AND m.meter_number = ANY (${numbers}::text[])
      AND (${buildingIds}::uuid[] IS NULL OR b.id = ANY (${buildingIds}::uuid[]))
    ORDER BY i.starts_at`;
  return Map.groupBy(rows, ({ meterNumber }) => meterNumber);
}
