import {
  callScopedIn,
  enqueueDueWork,
  inScope,
  recordAudit,
  type ScopedTx,
  withinBuildings,
} from "@/lib/access";
import type { OrgScope, SystemScope } from "@/lib/access/shared";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import { createReadMeterIn, installMeterIn, lockMeters, retryOverlap } from "@/lib/property";
import type { Resource } from "@/lib/property/shared";
import type { Quantity } from "../core/reading";
import type { LifeError } from "../errors";
import { recordReadingsIn } from "./record-readings";

type Staff = OrgScope | SystemScope;

/** What stood on the meter as it was taken out or put in: one of each quantity at most. */
export type Shown = readonly { readonly quantity: Quantity; readonly value: bigint }[];

/** When it was done, and by which clock it is not in the future. */
type Done = { readonly at: Date; readonly now: Date };
type Out = Done & { readonly meterId: string; readonly shown: Shown; readonly reason: string };
type In = Done & { readonly meterId: string; readonly unitId: string; readonly shown: Shown };

export type TakenOut = {
  readonly unitId: string;
  /** The credit that was read off it, in watt-hours: what a replacement token has to carry. */
  readonly remainingWh: bigint | null;
  /** A reading is taken, and waits for a person: it does not follow from those before. */
  readonly isWaiting: boolean;
};

const CLOCKS_APART_MS = 5 * 60_000;

/** Undoes the transaction it is thrown in. */
class Refused extends Error {
  constructor(readonly why: LifeError) {
    super(why);
  }
}

/** One transaction that is done whole or not at all, again where it lost against another. */
async function whole<T>(
  scope: Staff,
  work: (tx: ScopedTx) => Promise<T>,
): Promise<Result<T, LifeError>> {
  try {
    return ok(await retryOverlap(() => inScope(scope, work)));
  } catch (error) {
    if (error instanceof Refused) return err(error.why);
    throw error;
  }
}

const refuse = (why: LifeError): never => {
  throw new Refused(why);
};

/**
 * Ends a meter's stay in its unit, with what it showed last; without a reading the end is on record
 * all the same, and the closing reading missing. Refused while a token for it is being made, after
 * which it may have been sold for, and before what was read or sold last. The minute of `at` is the
 * last that it serves.
 */
export function takeOutMeter(scope: Staff, out: Out): Promise<Result<TakenOut, LifeError>> {
  return whole(scope, async (tx) => {
    checkTime(out);
    if (!isId(out.meterId)) refuse("meter-not-found");
    await lockMeters(tx, [out.meterId]);
    return takeOutIn(tx, out);
  });
}

/** Says that a registered meter serves a unit from an instant on, with what it showed then. */
export function putInMeter(scope: Staff, put: In): Promise<Result<void, LifeError>> {
  return whole(scope, async (tx) => {
    checkTime(put);
    await putIn(tx, put);
  });
}

/**
 * Takes a meter out and puts another, of the same resource, in its place: both or neither. The new
 * one is named by its number, and has been registered.
 */
export function swapMeter(
  scope: Staff,
  swap: Out & { readonly newNumber: string; readonly newShown: Shown },
): Promise<Result<TakenOut, LifeError>> {
  const { organizationId } = scope;
  return whole(scope, async (tx) => {
    checkTime(swap);
    if (!isId(swap.meterId)) refuse("meter-not-found");
    const [old, other] = await Promise.all([
      tx.db.meter.findFirst({
        where: { organizationId, id: swap.meterId },
        select: { resource: true },
      }),
      tx.db.meter.findFirst({
        where: { organizationId, meterNumber: swap.newNumber },
        select: { id: true, resource: true },
      }),
    ]);
    if (!old) return refuse("meter-not-found");
    if (!other) return refuse("new-meter-not-found");
    if (other.id === swap.meterId) return refuse("same-meter");
    if (other.resource !== old.resource) return refuse("other-resource");
    // In one order, so that two swaps with each other wait and do not lock each other out.
    await lockMeters(tx, [swap.meterId, other.id]);
    const out = await takeOutIn(tx, swap);
    const { at, now, newShown: shown } = swap;
    await putIn(tx, { meterId: other.id, unitId: out.unitId, shown, at, now });
    return out;
  });
}

/** Registers a meter that is only read and puts it into a unit at once. Gives its id. */
export function addReadMeter(
  scope: Staff,
  add: Omit<In, "meterId"> & { readonly meterNumber: string; readonly resource: Resource },
): Promise<Result<string, LifeError>> {
  return whole(scope, async (tx) => {
    checkTime(add);
    const { meterNumber, resource, now } = add;
    const made = await createReadMeterIn(tx, { meterNumber, resource, now });
    if (!made.ok) return refuse(made.error);
    await putIn(tx, { ...add, meterId: made.value });
    return made.value;
  });
}

/** The closing reading of a stay that ended without one: of the last instant that it served. */
export function closeStay(
  scope: Staff,
  close: {
    readonly meterId: string;
    readonly installationId: string;
    readonly shown: Shown;
    readonly now: Date;
  },
): Promise<Result<{ readonly isWaiting: boolean }, LifeError>> {
  const { organizationId } = scope;
  const { meterId, installationId, shown, now } = close;
  return whole(scope, async (tx) => {
    if (!isId(meterId) || !isId(installationId)) return refuse("meter-not-found");
    const unit = withinBuildings(scope, "buildingId");
    const stay = await tx.db.meterInstallation.findFirst({
      where: { organizationId, id: installationId, meterId, unit },
      select: { endsAt: true },
    });
    if (!stay?.endsAt) return refuse("meter-not-found");
    const at = new Date(stay.endsAt.getTime() - 1);
    if (at > now) return refuse("in-the-future");
    return { isWaiting: await record(tx, { meterId, shown, at, now }) };
  });
}

function checkTime({ at, now }: Done): void {
  if (at.getTime() > now.getTime() + CLOCKS_APART_MS) refuse("in-the-future");
}

async function takeOutIn(tx: ScopedTx, out: Out): Promise<TakenOut> {
  const { organizationId } = tx.scope;
  const { meterId, at, now, shown } = out;
  const reason = out.reason.trim();
  if (reason === "") refuse("reason-missing");
  const stay = await tx.db.meterInstallation.findFirst({
    where: {
      organizationId,
      meterId,
      endsAt: null,
      unit: withinBuildings(tx.scope, "buildingId"),
    },
    select: {
      id: true,
      unitId: true,
      unit: { select: { label: true } },
      meter: { select: { meterNumber: true } },
    },
  });
  if (!stay) return refuse("meter-not-in");
  if (await isReadAfter(tx, meterId, at)) refuse("before-last-reading");
  // A stay ends before its end; the closing reading is within it.
  const endsAt = new Date(at.getTime() + 1);
  const ended = (await callScopedIn(tx, "meter_stay_end", {
    installationId: stay.id,
    endsAt,
  })) as { readonly outcome: string };
  if (ended.outcome !== "ended") refuse(refusalOf(ended.outcome));
  const isWaiting = await record(tx, { meterId, shown, at, now });
  const remainingWh = shown.find(({ quantity }) => quantity === "remaining")?.value ?? null;
  await recordAudit(tx, {
    at: now,
    action: "meter.taken-out",
    subjectKind: "meter",
    subjectId: meterId,
    detail: { meterNumber: stay.meter.meterNumber, why: reason.slice(0, LONGEST_REASON) },
    before: { unitId: stay.unitId, unit: stay.unit.label },
    after: {
      endsAt: at.toISOString(),
      ...(remainingWh === null ? {} : { energyWh: remainingWh.toString() }),
    },
  });
  await enqueueDueWork(tx, { subjectId: stay.id, kind: "meter.rollup", dueAt: now });
  return { unitId: stay.unitId, remainingWh, isWaiting };
}

const LONGEST_REASON = 500;

const END_REFUSALS = ["before-start", "token-in-issue", "sold-since"] as const;

function refusalOf(outcome: string): LifeError {
  const known = END_REFUSALS.find((each) => each === outcome);
  assert(known !== undefined || outcome === "ended-already", "the function's answers are known");
  return known ?? "meter-not-in";
}

async function putIn(tx: ScopedTx, put: In): Promise<void> {
  const { meterId, unitId, shown, at, now } = put;
  if (!isId(meterId)) refuse("meter-not-found");
  if (!isId(unitId)) refuse("unit-not-found");
  const installed = await installMeterIn(tx, { meterId, unitId, startsAt: at });
  if (!installed.ok) return refuse(installed.error);
  await record(tx, { meterId, shown, at, now });
  await enqueueDueWork(tx, { subjectId: installed.value, kind: "meter.rollup", dueAt: now });
}

/** A reading counts from when it stood there, kept ones with them; one that waits does not yet. */
async function isReadAfter(tx: ScopedTx, meterId: string, at: Date): Promise<boolean> {
  const { organizationId } = tx.scope;
  const after = { organizationId, meterId, at: { gt: at } };
  const select = { at: true } as const;
  return (
    (await tx.db.reading.findFirst({ where: after, select })) !== null ||
    (await tx.db.readingQuarantine.findFirst({ where: { ...after, decision: "kept" }, select })) !==
      null
  );
}

/** Takes readings down; true where one of them waits for a person. What cannot be is refused. */
async function record(
  tx: ScopedTx,
  read: Done & { readonly meterId: string; readonly shown: Shown },
): Promise<boolean> {
  const { meterId, shown, at, now } = read;
  const readings = shown.map((one) => ({ ...one, meterId, at }));
  const outcomes = await recordReadingsIn(tx, readings, now);
  for (const said of outcomes) {
    if (said.outcome === "refused") refuse("reading-refused");
    if (said.outcome !== "quarantined") continue;
    if (said.reason === "lower-than-before") refuse("reading-lower");
    if (said.reason === "other-value") refuse("reading-other");
    if (said.reason === "higher-than-after") refuse("before-last-reading");
  }
  return outcomes.some(({ outcome }) => outcome === "quarantined");
}
