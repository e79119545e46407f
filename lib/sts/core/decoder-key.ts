import { createHmac } from "node:crypto";
import { assert } from "@/lib/kernel";
import { COMMON_PAN, type MeterNumber, panOf } from "./meter-pan";
import { SecretKey } from "./secret-key";
import type { BaseDate } from "./token-id";

/** IEC 62055-41 ed. 3, KT: 0 DITK, 1 DDTK, 2 DUTK, 3 DCTK. */
export type KeyType = 0 | 1 | 2 | 3;

/** IEC 62055-41 ed. 3, EA: 11 is MISTY1. The type keeps every other one out of this room. */
export type EncryptionAlgorithm = 11;

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
const DECODER_KEY_BYTES: Readonly<Record<EncryptionAlgorithm, number>> = { 11: 16 };
const COMMON_KEY_TYPE = 3;

/**
 * IEC 62055-41 ed. 3, DKGA04: the decoder key is the first 128 bits of one HMAC-SHA-256 under the
 * 160-bit vending key (a check byte that may follow a published key has been cut off before).
 */
export function deriveDecoderKey(vendingKey: SecretKey, parts: DecoderKeyParts): SecretKey {
  assert(vendingKey.lengthBytes === VENDING_KEY_BYTES, "a DKGA04 vending key is 160 bits");
  const dataBlock = dkga04DataBlock(parts);
  const mac = vendingKey.use((bytes) => createHmac("sha256", bytes).update(dataBlock).digest());
  const decoderKey = new SecretKey(mac.subarray(0, DECODER_KEY_BYTES[parts.encryptionAlgorithm]));
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
  const keyBits = DECODER_KEY_BYTES[parts.encryptionAlgorithm] * 8;
  // A common key (DCTK) belongs to the supply group, so no meter's own number enters it.
  const pan = parts.keyType === COMMON_KEY_TYPE ? COMMON_PAN : panOf(parts.meterNumber);
  const label = ["04", twoDigits(parts.baseDate % 100), "11", twoDigits(parts.tariffIndex)];
  const context = [parts.supplyGroupCode, `${parts.keyType}`, `${parts.keyRevisionNumber}`, pan];
  const text = `${textFields(label)}\0${textFields(context)}`;
  assert(text.length + KEY_LENGTH_BYTES === DATA_BLOCK_BYTES, "a data block is 49 bytes");
  const dataBlock = Buffer.alloc(DATA_BLOCK_BYTES);
  dataBlock.write(text, "latin1");
  dataBlock.writeUInt32BE(keyBits, text.length);
  return dataBlock;
}

function checkParts(parts: DecoderKeyParts): void {
  const { keyType, supplyGroupCode, tariffIndex, keyRevisionNumber, encryptionAlgorithm } = parts;
  assert(isIntegerIn(keyType, 0, 3), "a key type is 0 to 3");
  assert(/^\d{6}$/.test(supplyGroupCode), "a supply group code is six digits");
  assert(isIntegerIn(tariffIndex, 0, 99), "a tariff index is 0 to 99");
  assert(isIntegerIn(keyRevisionNumber, 1, 9), "a key revision number is 1 to 9");
  assert(encryptionAlgorithm === 11, "decoder keys are derived for EA11");
}

function isIntegerIn(value: number, lowest: number, highest: number): boolean {
  return Number.isInteger(value) && value >= lowest && value <= highest;
}

function twoDigits(value: number): string {
  return value.toString().padStart(2, "0");
}

/** The number of fields in one byte, then each field as its length in one byte and its text. */
function textFields(fields: readonly string[]): string {
  const byte = (value: number) => String.fromCharCode(value);
  return byte(fields.length) + fields.map((field) => byte(field.length) + field).join("");
}
