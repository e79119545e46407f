import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { assert } from "@/lib/kernel";
import type { EncryptionAlgorithm } from "./block-cipher";
import { COMMON_PAN, type MeterNumber, panOf } from "./meter-pan";
import { SecretKey } from "./secret-key";
import { decoderKeyBytes } from "./token-cipher";
import type { BaseDate } from "./token-id";

/** IEC 62055-41 ed. 3, KT: 0 DITK, 1 DDTK, 2 DUTK, 3 DCTK. */
export type KeyType = 0 | 1 | 2 | 3;

/** What a decoder key is made from, besides the vending key. */
export type DecoderKeyParts = {
  readonly meterNumber: MeterNumber;
  readonly keyType: KeyType;
  /** SGC, six digits. */
  readonly supplyGroupCode: string;
  /** TI, 0 to 99. */
  readonly tariffIndex: number;
  /** KRN, 1 to 9. */
  readonly keyRevisionNumber: number;
  readonly baseDate: BaseDate;
  readonly encryptionAlgorithm: EncryptionAlgorithm;
};

const VENDING_KEY_BYTES = 20;
const DATA_BLOCK_BYTES = 49;
const KEY_LENGTH_BYTES = 4;
const COMMON_KEY_TYPE = 3;
/** The number of fields, and the length of a two-digit one, in a byte each. */
const FOUR = "\x04";
const TWO = "\x02";

/** A vending key made ready to derive many decoder keys. */
export type ReadyVendingKey = { derive(parts: DecoderKeyParts): SecretKey };

/**
 * IEC 62055-41 ed. 3, DKGA04: the decoder key is the first 64 (EA07) or 128 (EA11) bits of one
 * HMAC-SHA-256 under the 160-bit vending key (a check byte that may follow a published key has been
 * cut off before).
 */
export function deriveDecoderKey(vendingKey: SecretKey, parts: DecoderKeyParts): SecretKey {
  return readyDkga04(vendingKey).derive(parts);
}

/** DKGA04 under one vending key; `createHmac` from raw bytes would cost more than the hashing. */
export function readyDkga04(vendingKey: SecretKey): ReadyVendingKey {
  assert(vendingKey.lengthBytes === VENDING_KEY_BYTES, "a DKGA04 vending key is 160 bits");
  const key = vendingKey.use((bytes) => createSecretKey(bytes));
  return { derive: (parts) => deriveWith(key, parts) };
}

function deriveWith(key: KeyObject, parts: DecoderKeyParts): SecretKey {
  const mac = createHmac("sha256", key).update(dkga04DataBlock(parts)).digest();
  const decoderKey = new SecretKey(mac.subarray(0, decoderKeyBytes(parts.encryptionAlgorithm)));
  mac.fill(0);
  return decoderKey;
}

/**
 * IEC 62055-41 ed. 3, DKGA04, DataBlock: four label fields, a zero byte, four context fields and
 * the key's length in bits. Each field is its length in one byte and its ASCII text; 49 bytes in
 * all.
 */
export function dkga04DataBlock(parts: DecoderKeyParts): Uint8Array {
  checkParts(parts);
  const keyBits = decoderKeyBytes(parts.encryptionAlgorithm) * 8;
  // A common key (DCTK) belongs to the supply group, so no meter's own number enters it.
  const pan = parts.keyType === COMMON_KEY_TYPE ? COMMON_PAN : panOf(parts.meterNumber);
  const { baseDate, encryptionAlgorithm, tariffIndex, supplyGroupCode } = parts;
  const { keyType, keyRevisionNumber } = parts;
  const years = twoDigits(baseDate % 100);
  const label = `${FOUR}${TWO}04${TWO}${years}${TWO}${twoDigits(encryptionAlgorithm)}`;
  const context = `${FOUR}\x06${supplyGroupCode}\x01${keyType}\x01${keyRevisionNumber}\x12${pan}`;
  const text = `${label}${TWO}${twoDigits(tariffIndex)}\0${context}`;
  assert(text.length + KEY_LENGTH_BYTES === DATA_BLOCK_BYTES, "a data block is 49 bytes");
  const dataBlock = Buffer.alloc(DATA_BLOCK_BYTES);
  dataBlock.write(text, "latin1");
  dataBlock.writeUInt32BE(keyBits, text.length);
  return dataBlock;
}

/** Values that the attributes of a key cannot have are a bug of the caller. */
export function checkParts(parts: Omit<DecoderKeyParts, "baseDate">): void {
  const { keyType, supplyGroupCode, tariffIndex, keyRevisionNumber, encryptionAlgorithm } = parts;
  assert(isIntegerIn(keyType, 0, 3), "a key type is 0 to 3");
  assert(/^\d{6}$/.test(supplyGroupCode), "a supply group code is six digits");
  assert(isIntegerIn(tariffIndex, 0, 99), "a tariff index is 0 to 99");
  assert(isIntegerIn(keyRevisionNumber, 1, 9), "a key revision number is 1 to 9");
  const isKnown = encryptionAlgorithm === 7 || encryptionAlgorithm === 11;
  assert(isKnown, "decoder keys are derived for EA07 and EA11");
}

function isIntegerIn(value: number, lowest: number, highest: number): boolean {
  return Number.isInteger(value) && value >= lowest && value <= highest;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
