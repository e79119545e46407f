import { assert } from "@/lib/kernel";
import {
  BASE_DATES,
  type BaseDate,
  type DecoderKeyParts,
  encodeCreditToken,
  type KeyType,
  type MeterToken,
  parseMeterNumber,
  type SecretKey,
} from "@/lib/sts";

/**
 * All that one token says and is made under, as numbers and text. The journal keeps it, so that the
 * token can be made again from the journal and the sealed key alone.
 */
export type Reservation = {
  readonly meterNumber: string;
  readonly encryptionAlgorithm: number;
  readonly tariffIndex: number;
  readonly subclass: number;
  readonly tokenIdMinutes: number;
  readonly randomNibble: number;
  readonly amountUnits: number;
  readonly supplyGroupCode: string;
  readonly keyRevisionNumber: number;
  readonly keyType: number;
  readonly baseDateYear: number;
};

/** What a decoder key depends on, whichever token it is for. */
export type DecoderKeyFacts = Pick<
  Reservation,
  | "meterNumber"
  | "encryptionAlgorithm"
  | "tariffIndex"
  | "supplyGroupCode"
  | "keyRevisionNumber"
  | "keyType"
  | "baseDateYear"
>;

// Every meter we sell for takes its tokens by keypad (IEC 62055-41 ed. 3, TCT 02).
const NUMERIC_KEYPAD = 2;

/** Facts from the database as the parts that DKGA04 wants. What does not fit has been refused. */
export function decoderKeyPartsOf(facts: DecoderKeyFacts): DecoderKeyParts {
  const meterNumber = parseMeterNumber(facts.meterNumber);
  assert(meterNumber.ok, "a meter number has its check digit");
  assert(facts.encryptionAlgorithm === 11, "decoder keys are derived for EA11");
  assert(isKeyType(facts.keyType), "a key type is 0 to 3");
  return {
    meterNumber: meterNumber.value,
    keyType: facts.keyType,
    supplyGroupCode: facts.supplyGroupCode,
    tariffIndex: facts.tariffIndex,
    keyRevisionNumber: facts.keyRevisionNumber,
    baseDate: baseDateOf(facts.baseDateYear),
    encryptionAlgorithm: facts.encryptionAlgorithm,
  };
}

/** The token of a reservation: no clock and no chance, so the same one every time. */
export function tokenOf(reservation: Reservation, decoderKey: SecretKey): MeterToken {
  const { keyType, subclass, randomNibble, tokenIdMinutes, amountUnits } = reservation;
  assert(isKeyType(keyType), "a key type is 0 to 3");
  assert(subclass === 0, "the signer makes electricity credit");
  const made = encodeCreditToken({
    decoderKey,
    keyType,
    tokenCarrierType: NUMERIC_KEYPAD,
    subclass,
    random: randomNibble,
    tokenIdMinutes,
    units: BigInt(amountUnits),
  });
  assert(made.ok, "the key type has been found to carry credit");
  assert(made.value.carriedUnits === BigInt(amountUnits), "a token carries exactly what was sold");
  return made.value.token;
}

/** A stored year as a base date. */
export function baseDateOf(year: number): BaseDate {
  const baseDate = BASE_DATES.find((known) => known === year);
  assert(baseDate !== undefined, "a base date is 1993, 2014 or 2035");
  return baseDate;
}

function isKeyType(keyType: number): keyType is KeyType {
  return Number.isInteger(keyType) && keyType >= 0 && keyType <= 3;
}
