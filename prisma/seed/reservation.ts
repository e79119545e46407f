import { createHash } from "node:crypto";
import { callScoped, inScope } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { createMeter, createUnit, installMeter, startLease } from "@/lib/property";
import type { MeterNumber } from "@/lib/sts";
import { FLAT_LEASED_SINCE, type Flat, freshMeterNumber } from "./flat";
import { granted } from "./granted";
import { UNBURDENED } from "./payable-purchase";

/** A meter in a let unit, and an endpoint at which payments for it arrive. */
export type SellingMeter = {
  readonly flat: Flat;
  readonly scope: SystemScope;
  readonly meterId: string;
  readonly meterNumber: MeterNumber;
  readonly unitId: string;
  readonly installationId: string;
  readonly occupancyId: string;
  readonly endpointId: string;
};

/** For database tests: one more unit in the flat's building, its meter under the key given. */
export async function makeSellingMeter(
  flat: Flat,
  { vendingKeyId, now }: { readonly vendingKeyId: string; readonly now: Date },
): Promise<SellingMeter> {
  const { scope, buildingId } = flat;
  const { organizationId } = scope;
  const meterNumber = freshMeterNumber();
  const label = `M-${meterNumber}`;
  const unitId = await createUnit(scope, { buildingId, label, floor: 3, position: 1, now });
  const named = { meterNumber, vendingKeyId, tariffIndex: 1, state: "verified", now } as const;
  const meterId = granted(await createMeter(scope, named));
  const installationId = granted(await installMeter(scope, { meterId, unitId, startsAt: now }));
  const lease = { unitId, residentName: "Amina Otieno", startsOn: FLAT_LEASED_SINCE, now };
  granted(await startLease(scope, lease));
  const endpointId = newId();
  const occupancyId = await inScope(scope, async (tx) => {
    await tx.db.paymentEndpoint.createMany({
      data: [{ id: endpointId, belongsTo: organizationId, provider: "practice" }],
    });
    const where = { organizationId, unitId };
    return (await tx.db.occupancy.findFirstOrThrow({ where, select: { id: true } })).id;
  });
  return { flat, scope, meterId, meterNumber, unitId, installationId, occupancyId, endpointId };
}

export type MadeReservation = {
  readonly organizationId: string;
  readonly tokenSetId: string;
  readonly purchaseId: string;
  readonly tokenUnits: number;
  readonly randomNibble: number;
};

/**
 * For database tests: one purchase, walked through the database's own functions from the quote to
 * the reservation, as the web would, and left there. A unit of 0.1 kWh costs one shilling.
 */
export async function reserveTokenSet(
  meter: SellingMeter,
  sale: { readonly tokenUnits: number; readonly randomNibble: number; readonly now: Date },
): Promise<MadeReservation> {
  const { scope, endpointId } = meter;
  const { tokenUnits, randomNibble, now } = sale;
  const purchaseId = newId();
  const [attemptId, tokenSetId] = [newId(), newId()];
  const amountMinor = BigInt(tokenUnits) * 100n;
  const money = { amountMinor, currency: "KES" };
  const monthBeforeWh = await boughtInMonth(meter, now);
  const sold = { purchaseId, tokenUnits, monthBeforeWh, now };
  await callScoped(scope, "purchase_open", openingOf(meter, sold));
  await callScoped(scope, "purchase_start_payment", { purchaseId, attemptId, endpointId, now });
  const received = { provider: "practice", providerReference: newId(), paymentId: newId() };
  await callScoped(scope, "payment_record", { attemptId, ...money, ...received, now });
  const reserving = { purchaseId, tokenSetId, randomNibbles: [randomNibble], now };
  const reserved = await callScoped(scope, "vend_reserve", reserving);
  const isReserved = JSON.stringify(reserved).includes('"reserved"');
  assert(isReserved, `a builder's reservation was refused: ${JSON.stringify(reserved)}`);
  const { organizationId } = scope;
  return { organizationId, tokenSetId, purchaseId, tokenUnits, randomNibble };
}

const monthOf = (now: Date): string => `${now.toISOString().slice(0, 7)}-01`;

/** What earlier reservations of the same month bought. */
async function boughtInMonth(meter: SellingMeter, now: Date): Promise<bigint> {
  const { scope, occupancyId } = meter;
  const { organizationId } = scope;
  const { month, monthWh } = await inScope(scope, (tx) =>
    tx.db.wallet.findUniqueOrThrow({
      where: { organizationId_occupancyId: { organizationId, occupancyId } },
      select: { month: true, monthWh: true },
    }),
  );
  return month?.toISOString().slice(0, 10) === monthOf(now) ? monthWh : 0n;
}

function openingOf(
  meter: SellingMeter,
  sale: {
    readonly purchaseId: string;
    readonly tokenUnits: number;
    readonly monthBeforeWh: bigint;
    readonly now: Date;
  },
) {
  const { flat, unitId, meterId, installationId, occupancyId } = meter;
  const { purchaseId, tokenUnits, monthBeforeWh, now } = sale;
  const amountMinor = BigInt(tokenUnits) * 100n;
  const hash = createHash("sha256").update(purchaseId).digest("hex");
  const quote = {
    id: newId(),
    tariffVersionId: flat.tariffVersionId,
    amountMinor,
    lines: [{ code: "energy", amountMinor }],
    ...UNBURDENED,
    charges: [{ code: "standing", dueMinor: 0n, afterMinor: 0n, raisedOn: monthOf(now) }],
    month: monthOf(now),
    monthBeforeWh,
    energyWh: BigInt(tokenUnits) * 100n,
    carriedBeforeWh: 0n,
    carriedAfterWh: 0n,
    tokenUnits,
    createdAt: now,
    expiresAt: new Date(now.getTime() + 900_000),
    basisUntil: new Date(now.getTime() + 900_000),
  };
  return {
    id: purchaseId,
    scope: "test",
    requestKey: purchaseId,
    requestHash: hash,
    secretHash: hash,
    buildingId: flat.buildingId,
    unitId,
    meterId,
    installationId,
    occupancyId,
    leaseId: null,
    amountMinor,
    currency: "KES",
    quote,
    now,
  };
}
