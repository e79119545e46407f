import { inScope, isPracticeInstallation, type ScopedTx } from "@/lib/access";
import type { GuestScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { findLastRemaining } from "@/lib/metering";
import type { PracticeSigner } from "@/lib/signer";
import { minutesSinceBase, newMeter, SecretKey } from "@/lib/sts";
import { countDown, type LoadRegister, runsOutAt } from "../core/load-register";
import type { PracticeEntryResult, PracticeMeterView } from "../core/meter-view";

const ENTRIES_SHOWN = 5;
/** What the meters sell: subclass 0, electricity. */
export const ELECTRICITY = 0;

/**
 * The practice meter behind a meter number, as it stands now; the first to look has it made. Null
 * in a production installation, and for a meter whose vending key is not marked practice. Throws
 * when it must be made and the signer is away.
 */
export async function findPracticeMeter(
  scope: GuestScope,
  { signer, now }: { readonly signer: Pick<PracticeSigner, "manufacture">; readonly now: Date },
): Promise<PracticeMeterView | null> {
  const { organizationId, meterId } = scope;
  if (meterId === null || !(await isPracticeInstallation())) return null;
  const standing = await inScope(scope, (tx) => findMeterView(tx, meterId, now));
  if (standing) return standing;

  const blank = await inScope(scope, (tx) =>
    tx.db.meter.findFirst({
      where: { organizationId, id: meterId, vendingKey: { isPractice: true } },
      select: { createdAt: true },
    }),
  );
  if (!blank) return null;
  const made = await signer.manufacture({ organizationId, meterId });
  await inScope(scope, async (tx) => {
    const read = await findLastRemaining(tx, meterId, now);
    await insertMeter(tx, { meterId, made, registeredAt: blank.createdAt, read, now });
  });
  return inScope(scope, (tx) => findMeterView(tx, meterId, now));
}

/** What stands on the meter's display; null when it has not been made. The key is not read. */
export async function findMeterView(
  tx: ScopedTx,
  meterId: string,
  now: Date,
): Promise<PracticeMeterView | null> {
  const row = await tx.db.practiceMeter.findFirst({
    where: { organizationId: tx.scope.organizationId, meterId },
    select: {
      remainingWh: true,
      loadWatt: true,
      isLoadOn: true,
      countedAt: true,
      meter: { select: { meterNumber: true } },
      entries: {
        select: { sequence: true, at: true, result: true, addedWh: true },
        orderBy: { sequence: "desc" },
        take: ENTRIES_SHOWN,
      },
    },
  });
  if (!row) return null;
  const { meter, entries, ...stored } = row;
  const register: LoadRegister = countDown(stored, now);
  return {
    meterId,
    meterNumber: meter.meterNumber,
    remainingWh: register.remainingWh,
    loadWatt: register.loadWatt,
    isLoadOn: register.isLoadOn,
    isSupplying: register.remainingWh > 0n,
    runsOutAt: runsOutAt(register),
    entries: entries.map((entry) => ({ ...entry, result: entry.result as PracticeEntryResult })),
  };
}

type Made = Awaited<ReturnType<PracticeSigner["manufacture"]>>;

/**
 * A meter remembers 50 token ids, at first all the minute before it was registered with us: what
 * was sold for it since, also before anybody first looked at it here, it must accept. Where
 * somebody has read its credit it begins with that, and what was sold up to then is in it already.
 */
async function insertMeter(
  tx: ScopedTx,
  meter: {
    readonly meterId: string;
    readonly made: Made;
    readonly registeredAt: Date;
    readonly read: { readonly at: Date; readonly value: bigint } | null;
    readonly now: Date;
  },
): Promise<void> {
  const { meterId, made, registeredAt, read, now } = meter;
  const { keyType, keyExpiryNumber, baseDateYear } = made;
  const bytes = Buffer.from(made.decoderKeyHex, "hex");
  const decoderKey = new SecretKey(bytes);
  assert(decoderKey.lengthBytes === 16, "a decoder key for EA11 has 128 bits");
  const registeredMinute = minutesSinceBase(registeredAt, baseDateYear);
  const readMinute = read ? minutesSinceBase(read.at, baseDateYear) : 0;
  const manufacturedAtMinutes = Math.max(0, registeredMinute - 1, readMinute);
  const subclass = ELECTRICITY;
  const blank = newMeter({ decoderKey, keyType, keyExpiryNumber, subclass, manufacturedAtMinutes });
  await tx.db.practiceMeter.createMany({
    data: [
      {
        organizationId: tx.scope.organizationId,
        meterId,
        decoderKey: bytes,
        keyType,
        keyExpiryNumber,
        tokenIdMemory: [...blank.tokenIdMemory],
        remainingWh: read?.value ?? 0n,
        loadWatt: 0,
        isLoadOn: false,
        countedAt: now,
      },
    ],
    skipDuplicates: true,
  });
  decoderKey.wipe();
  bytes.fill(0);
}
