import { callScopedIn, inScope, recordAudit, type ScopedTx } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { isId, newId } from "@/lib/platform";
import { judgeReading, type Neighbours, type QuarantineReason } from "../core/judge-reading";
import type { Quantity, RegisterValue } from "../core/reading";
import { TYPED_WITHIN_MS } from "../core/usage-between";
import type { ReadingRefusal, RecordError } from "../errors";
import { listBought } from "./effective-readings";
import { ALONE, findNeighbours } from "./find-neighbours";
import { lockReadable } from "./readable-meters";

export type NewReading = {
  readonly meterId: string;
  readonly quantity: Quantity;
  readonly at: Date;
  readonly value: bigint;
};

export type ReadingOutcome =
  | { readonly outcome: "accepted" }
  /** The same value for the same instant was there already. */
  | { readonly outcome: "nothing" }
  | { readonly outcome: "quarantined"; readonly reason: QuarantineReason }
  | { readonly outcome: "refused"; readonly reason: ReadingRefusal };

const MOST_READINGS = 5_000;
/** Nothing that a meter can show: a slip of the hand, refused before it is judged. */
const LARGEST_WH = 10n ** 13n;

type Placed = NewReading & { readonly place: number };
type Judged = Placed & { readonly id: string; readonly reason: QuarantineReason | null };

/**
 * Takes readings down, each judged beside those around it; the answers come in the order asked.
 * A reading that contradicts waits for a person; one of somebody else's meter is of none at all.
 * Plans that what was used is worked out anew. Safe to repeat, and two at once make one.
 */
export async function recordReadings(
  scope: Scope,
  readings: readonly NewReading[],
  now: Date,
): Promise<Result<readonly ReadingOutcome[], RecordError>> {
  if (readings.length > MOST_READINGS) return err({ code: "too-many", most: MOST_READINGS });
  return ok(await inScope(scope, (tx) => recordReadingsIn(tx, readings, now)));
}

/** The same as a part of something larger, for this room. */
export async function recordReadingsIn(
  tx: ScopedTx,
  readings: readonly NewReading[],
  now: Date,
): Promise<readonly ReadingOutcome[]> {
  const outcomes: ReadingOutcome[] = readings.map(() => refused("not-a-value"));
  const sound = readings.map((reading, place) => ({ ...reading, place })).filter(isSound);
  if (sound.length === 0) return outcomes;
  const mayRead = await lockReadable(tx, [...new Set(sound.map(({ meterId }) => meterId))]);
  for (const { place } of sound) outcomes[place] = refused("unknown-meter");
  const known = sound.filter((reading) => mayRead(reading.meterId, reading.at));
  if (known.length === 0) return outcomes;
  const judged = await judgeAll(tx, { known, now, outcomes });
  await ingest(tx, { judged, now, outcomes });
  await noteEntered(tx, known, now);
  return outcomes;
}

const refused = (reason: ReadingRefusal): ReadingOutcome => ({ outcome: "refused", reason });

function isSound({ meterId, at, value }: Placed): boolean {
  return isId(meterId) && !Number.isNaN(at.getTime()) && value >= 0n && value <= LARGEST_WH;
}

/** In ascending order, so that each of a batch is judged beside those before it in the batch. */
async function judgeAll(
  tx: ScopedTx,
  batch: {
    readonly known: readonly Placed[];
    readonly now: Date;
    readonly outcomes: ReadingOutcome[];
  },
): Promise<readonly Judged[]> {
  const { known, now, outcomes } = batch;
  const around = await findNeighbours(tx, known, now);
  const meterIds = [...new Set(known.map(({ meterId }) => meterId))];
  const bought = Map.groupBy(
    await listBought(tx, meterIds, earliest(known, around)),
    ({ meterId }) => meterId,
  );
  const judged: Judged[] = [];
  const latest = new Map<string, RegisterValue>();
  for (const reading of known.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const { meterId, quantity, place } = reading;
    const key = `${meterId} ${quantity}`;
    const beside = withBatch(around.get(place) ?? ALONE, latest.get(key) ?? null, reading.at);
    const context = { ...beside, quantity, bought: bought.get(meterId) ?? [], now };
    const said = judgeReading(reading, context);
    if (said.verdict === "nothing") {
      outcomes[place] = { outcome: "nothing" };
      continue;
    }
    const reason = said.verdict === "quarantine" ? said.reason : null;
    outcomes[place] = reason ? { outcome: "quarantined", reason } : { outcome: "accepted" };
    judged.push({ ...reading, id: newId(), reason });
    if (reason === null) latest.set(key, reading);
  }
  return judged;
}

/** What the database has around a reading, and what the batch has just accepted before it. */
function withBatch(found: Neighbours, latest: RegisterValue | null, at: Date): Neighbours {
  if (!latest) return found;
  if (latest.at.getTime() === at.getTime()) return { ...found, same: found.same ?? latest };
  const isNearer = found.before === null || latest.at > found.before.at;
  return isNearer ? { ...found, before: latest } : found;
}

function earliest(known: readonly Placed[], around: ReadonlyMap<number, Neighbours>): Date {
  const instants = known.map(({ place, at }) => (around.get(place)?.before?.at ?? at).getTime());
  const first = instants.reduce((least, each) => Math.min(least, each));
  // A token of before may have been typed in since.
  return new Date(first - TYPED_WITHIN_MS);
}

type Ingested = {
  readonly new: readonly number[];
  readonly other: readonly number[];
  readonly beyond: readonly number[];
};

async function ingest(
  tx: ScopedTx,
  batch: {
    readonly judged: readonly Judged[];
    readonly now: Date;
    readonly outcomes: ReadingOutcome[];
  },
): Promise<void> {
  const { judged, now, outcomes } = batch;
  if (judged.length === 0) return;
  const { scope } = tx;
  const answer = await callScopedIn(tx, "readings_ingest", {
    now,
    source: sourceOf(scope),
    enteredBy: scope.kind === "organization" || scope.kind === "resident" ? scope.userId : null,
    readings: judged,
  });
  const { new: taken, other, beyond } = answer as Ingested;
  const isTaken = new Set(taken);
  for (const { place, reason } of judged) {
    if (reason === null && !isTaken.has(place)) outcomes[place] = { outcome: "nothing" };
  }
  for (const place of other) outcomes[place] = { outcome: "quarantined", reason: "other-value" };
  for (const place of beyond) outcomes[place] = refused("beyond-reach");
}

function sourceOf(scope: Scope): "resident" | "staff" | "import" | "gateway" {
  assert(scope.kind !== "guest", "a guest reads no meter");
  switch (scope.kind) {
    case "resident":
      return "resident";
    case "organization":
      return "staff";
    case "endpoint":
      return "gateway";
    case "system":
      return "import";
  }
}

/** What a person typed is on record as theirs; a gateway's thousand a day are rows already. */
async function noteEntered(tx: ScopedTx, known: readonly Placed[], now: Date): Promise<void> {
  const { kind } = tx.scope;
  if (kind !== "organization" && kind !== "resident") return;
  const [first, ...others] = new Set(known.map(({ meterId }) => meterId));
  assert(first !== undefined, "readings are of a meter");
  const isOne = others.length === 0;
  await recordAudit(tx, {
    at: now,
    action: "reading.entered",
    subjectKind: isOne ? "meter" : "organization",
    subjectId: isOne ? first : tx.scope.organizationId,
    detail: { readings: known.length },
  });
}
