import { z } from "zod";
import { callScopedIn, inScope, recordAudit, type ScopedTx, withinBuildings } from "@/lib/access";
import type { OrgScope, SystemScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { isId, newId } from "@/lib/platform";
import type { MeterNumber } from "@/lib/sts";
import type { Resource } from "../core/resource";
import type { CreateMeterError, InstallMeterError, SetMeterStatusError } from "../errors";
import { metersWithin } from "./meters-within";
import { retryOverlap } from "./retry-overlap";

type Staff = OrgScope | SystemScope;

/** IEC 62055-41: EA11 is MISTY1, the only algorithm our keys are generated for. */
const ENCRYPTION_ALGORITHM = 11;

export type NewMeter = {
  readonly meterNumber: MeterNumber;
  readonly vendingKeyId: string;
  /** TI, 0 to 99: part of what the meter's decoder key is derived from. */
  readonly tariffIndex: number;
  /**
   * A claim sells inside until a test token or the operator proves it. Verified at once is for
   * practice meters; the database refuses it in production.
   */
  readonly state: "claimed" | "verified";
  readonly now: Date;
};

const claimForm = z.object({
  outcome: z.enum(["claimed", "contested", "verified", "already-claimed", "proved-elsewhere"]),
});

/**
 * Registers a meter under its number and gives its id. Where another organization claims the number
 * too, unproved, both claims are contested from then on. Where another has proved it, nothing is
 * registered, and the wish goes on record for the operator.
 */
export function createMeter(
  scope: Staff,
  meter: NewMeter,
): Promise<Result<string, CreateMeterError>> {
  const { organizationId } = scope;
  const { meterNumber, vendingKeyId, tariffIndex, state, now } = meter;
  const id = newId();
  return inScope(scope, async (tx) => {
    const key = isId(vendingKeyId)
      ? await tx.db.vendingKey.findFirst({
          where: { organizationId, id: vendingKeyId },
          select: { id: true },
        })
      : null;
    if (!key) return err("vending-key-not-found");
    // The directory first: of two who claim a number at once, the second waits here.
    const claim = { meterNumber, meterId: id, isProved: state === "verified", now };
    const { outcome } = claimForm.parse(await callScopedIn(tx, "meter_claim", claim));
    if (outcome === "already-claimed") return err("meter-number-taken");
    if (outcome === "proved-elsewhere") return err("meter-number-proved-elsewhere");
    const encryptionAlgorithm = ENCRYPTION_ALGORITHM;
    await tx.db.meter.createMany({
      data: [
        {
          organizationId,
          id,
          meterNumber,
          resource: "electricity",
          status: "active",
          vendingKeyId,
          encryptionAlgorithm,
          tariffIndex,
          createdAt: now,
        },
      ],
    });
    await recordAudit(tx, {
      at: now,
      action: "meter.created",
      subjectKind: "meter",
      subjectId: id,
      detail: {},
      after: { meterNumber, state: outcome },
    });
    return ok(id);
  });
}

export type NewReadMeter = {
  /** As it is printed on the meter: capitals, digits, spaces, "/", "." and "-", at most 40. */
  readonly meterNumber: string;
  readonly resource: Resource;
  readonly now: Date;
};

/** Registers a meter that is only read, for nothing is sold on it, and gives its id. */
export function createReadMeter(
  scope: Staff,
  meter: NewReadMeter,
): Promise<Result<string, "meter-number-taken">> {
  return inScope(scope, (tx) => createReadMeterIn(tx, meter));
}

/** The same as a part of something larger. */
export async function createReadMeterIn(
  tx: ScopedTx,
  { meterNumber, resource, now }: NewReadMeter,
): Promise<Result<string, "meter-number-taken">> {
  const { organizationId } = tx.scope;
  const id = newId();
  const { count } = await tx.db.meter.createMany({
    data: [{ organizationId, id, meterNumber, resource, status: "active", createdAt: now }],
    skipDuplicates: true,
  });
  if (count === 0) return err("meter-number-taken");
  await recordAudit(tx, {
    at: now,
    action: "meter.created",
    subjectKind: "meter",
    subjectId: id,
    detail: {},
    after: { meterNumber, resource },
  });
  return ok(id);
}

export type NewInstallation = {
  readonly meterId: string;
  readonly unitId: string;
  readonly startsAt: Date;
};

/** Says that a meter serves a unit from an instant on, and gives the installation's id. */
export function installMeter(
  scope: Staff,
  installation: NewInstallation,
): Promise<Result<string, InstallMeterError>> {
  return retryOverlap(() => inScope(scope, (tx) => installMeterIn(tx, installation)));
}

/** The same as a part of something larger, which tries again when it lost against another. */
export async function installMeterIn(
  tx: ScopedTx,
  { meterId, unitId, startsAt }: NewInstallation,
): Promise<Result<string, InstallMeterError>> {
  const { scope } = tx;
  const { organizationId } = scope;
  await lockMeters(tx, [meterId]);
  const meter = await tx.db.meter.findFirst({
    where: { organizationId, id: meterId, ...metersWithin(scope, startsAt) },
    select: {
      meterNumber: true,
      status: true,
      installations: {
        where: { OR: [{ endsAt: null }, { endsAt: { gt: startsAt } }] },
        select: { id: true },
        take: 1,
      },
    },
  });
  if (!meter) return err("meter-not-found");
  const unit = await tx.db.unit.findFirst({
    where: { organizationId, id: unitId, ...withinBuildings(scope, "buildingId") },
    select: { label: true },
  });
  if (!unit) return err("unit-not-found");
  if (meter.status === "archived") return err("meter-archived");
  if (meter.installations.length > 0) return err("meter-already-installed");
  const id = newId();
  await tx.db.meterInstallation.createMany({
    data: [{ organizationId, id, meterId, unitId, startsAt }],
  });
  await recordAudit(tx, {
    at: startsAt,
    action: "meter.installed",
    subjectKind: "meter",
    subjectId: meterId,
    detail: { meterNumber: meter.meterNumber },
    after: { unitId, unit: unit.label },
  });
  return ok(id);
}

/** One at a time for a meter: who installs, takes out, reads or archives it waits here. */
export async function lockMeters(tx: ScopedTx, meterIds: readonly string[]): Promise<void> {
  const { organizationId } = tx.scope;
  await tx.db.$queryRaw`SELECT id FROM meter WHERE organization_id = ${organizationId}::uuid
    AND id = ANY (${meterIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
}

/** Blocks a meter for sales, or lets it be sold to again. Saying it twice changes nothing. */
export function setMeterStatus(
  scope: Staff,
  meterId: string,
  status: "active" | "blocked",
  now: Date,
): Promise<Result<void, SetMeterStatusError>> {
  const { organizationId } = scope;
  const seen = { organizationId, id: meterId, ...metersWithin(scope, now) };
  return inScope(scope, async (tx) => {
    const changed = await tx.db.meter.updateMany({
      where: { ...seen, status: status === "blocked" ? "active" : "blocked" },
      data: { status },
    });
    const meter = await tx.db.meter.findFirst({
      where: seen,
      select: { meterNumber: true },
    });
    if (!meter) return err("meter-not-found");
    if (changed.count === 0) return ok(undefined);
    await recordAudit(tx, {
      at: now,
      action: `meter.${status === "blocked" ? "blocked" : "unblocked"}`,
      subjectKind: "meter",
      subjectId: meterId,
      detail: { meterNumber: meter.meterNumber },
      before: { status: status === "blocked" ? "active" : "blocked" },
      after: { status },
    });
    return ok(undefined);
  });
}
