import { inScope, isPracticeInstallation, type ScopedTx } from "@/lib/access";
import type { GuestScope } from "@/lib/access/shared";
import { assert, err, ok, type Result } from "@/lib/kernel";
import {
  type KeyType,
  type MeterAnswer,
  type MeterState,
  newMeter,
  parseMeterToken,
  SecretKey,
  enterToken as typeIntoMeter,
} from "@/lib/sts";
import { countDown } from "../core/load-register";
import type { PracticeEntryResult, PracticeMeterView } from "../core/meter-view";
import type { EnterTokenError } from "../errors";
import { lockMeter, saveMeter } from "./locked-meter";
import { ELECTRICITY, findMeterView } from "./practice-meters";

const UNIT_WH = 100n;

export type EnteredToken = {
  readonly result: PracticeEntryResult;
  readonly addedWh: bigint;
  readonly meter: PracticeMeterView;
};

/**
 * Types digits into the practice meter, blanks and dashes forgiven: the standard's acceptance rules
 * over what this meter remembers, under a lock on it. A refused token changes nothing but the list
 * of entries. Refused as a whole where no practice meter was made.
 */
export async function enterToken(
  scope: GuestScope,
  { digits, now }: { readonly digits: string; readonly now: Date },
): Promise<Result<EnteredToken, EnterTokenError>> {
  const { meterId } = scope;
  if (meterId === null || !(await isPracticeInstallation())) return err("practice-meter-not-found");
  return inScope(scope, async (tx) => {
    if (!(await lockMeter(tx, meterId))) return err("practice-meter-not-found");
    const { result, addedWh } = await typeIn(tx, { meterId, digits, now });
    await insertEntry(tx, { meterId, at: now, result, addedWh });
    const meter = await findMeterView(tx, meterId, now);
    assert(meter, "a meter that is locked is there");
    return ok({ result, addedWh, meter });
  });
}

async function typeIn(
  tx: ScopedTx,
  typed: { readonly meterId: string; readonly digits: string; readonly now: Date },
): Promise<{ readonly result: PracticeEntryResult; readonly addedWh: bigint }> {
  const { meterId, digits, now } = typed;
  const token = parseMeterToken(digits);
  if (!token.ok) return { result: "FormatError", addedWh: 0n };

  const { register, state } = await readMeter(tx, meterId, now);
  const answer = typeIntoMeter(state, token.value);
  state.decoderKey.wipe();
  if (answer.result !== "Accept") return { result: resultOf(answer.result), addedWh: 0n };
  const addedWh = answer.addedUnits * UNIT_WH;
  await saveMeter(tx, meterId, {
    ...register,
    remainingWh: register.remainingWh + addedWh,
    tokenIdMemory: [...answer.state.tokenIdMemory],
  });
  return { result: "Accept", addedWh };
}

/** This meter knows credit alone, so nothing else is ever its answer. */
function resultOf(result: Exclude<MeterAnswer["result"], "Accept">): PracticeEntryResult {
  const isOfCredit =
    result !== "KctPending" &&
    result !== "MfrCodeError" &&
    result !== "KeyTypeError" &&
    result !== "LockoutError";
  assert(isOfCredit, "a meter for credit alone answers as one");
  return result;
}

async function readMeter(tx: ScopedTx, meterId: string, now: Date) {
  const { organizationId } = tx.scope;
  const row = await tx.db.practiceMeter.findUniqueOrThrow({
    where: { organizationId_meterId: { organizationId, meterId } },
  });
  const { remainingWh, loadWatt, isLoadOn, countedAt, keyExpiryNumber, tokenIdMemory } = row;
  const register = countDown({ remainingWh, loadWatt, isLoadOn, countedAt }, now);
  const made = newMeter({
    decoderKey: new SecretKey(row.decoderKey),
    keyType: keyTypeOf(row.keyType),
    keyExpiryNumber,
    subclass: ELECTRICITY,
    manufacturedAtMinutes: 0,
    tokenIdMemorySize: tokenIdMemory.length,
  });
  row.decoderKey.fill(0);
  // A part of a unit takes a whole one's place in the register.
  const creditUnits = (register.remainingWh + UNIT_WH - 1n) / UNIT_WH;
  const state: MeterState = { ...made, tokenIdMemory, creditUnits };
  return { register, state };
}

function keyTypeOf(stored: number): KeyType {
  assert(stored === 0 || stored === 1 || stored === 2 || stored === 3, "a key type is two bits");
  return stored;
}

async function insertEntry(
  tx: ScopedTx,
  entry: {
    readonly meterId: string;
    readonly at: Date;
    readonly result: PracticeEntryResult;
    readonly addedWh: bigint;
  },
): Promise<void> {
  const { organizationId } = tx.scope;
  const last = await tx.db.practiceMeterEntry.findFirst({
    where: { organizationId, meterId: entry.meterId },
    select: { sequence: true },
    orderBy: { sequence: "desc" },
  });
  const sequence = (last?.sequence ?? 0) + 1;
  await tx.db.practiceMeterEntry.createMany({ data: [{ organizationId, sequence, ...entry }] });
}
