import { createCipheriv } from "node:crypto";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { checkParts, type DecoderKeyParts, type ReadyVendingKey, readyDkga04 } from "./decoder-key";
import { COMMON_PAN, panOf } from "./meter-pan";
import { SecretKey } from "./secret-key";

/*
 * IEC 62055-41, DKGA01 to DKGA03: decoder keys by DES. 01 and 03 have no test value anywhere (see
 * docs/decisions/037-sts-whole.md), so they run only for whoever names them. Node's OpenSSL has no
 * single DES; EDE with one key three times is the same function.
 */
export type DecoderKeyAlgorithm = 1 | 2 | 3 | 4;

/** What nothing published confirms, by the name that switches it on. */
export type UncertainAlgorithm = "dkga01" | "dkga03";

export type DesKeyParts = Omit<DecoderKeyParts, "baseDate">;

const BLOCK_BYTES = 8;
const VENDING_KEY_BYTES: Readonly<Record<DecoderKeyAlgorithm, number>> = {
  1: 8,
  2: 8,
  3: 16,
  4: 20,
};

/** How many bytes a vending key has for an algorithm. */
export function vendingKeyBytes(algorithm: DecoderKeyAlgorithm): number {
  return VENDING_KEY_BYTES[algorithm];
}

/**
 * A vending key ready to derive by its algorithm. DKGA01 and DKGA03 refuse unless named in
 * `switchedOn`. Deriving an EA11 key by DKGA01 to 03, which make 64 bits, is a bug.
 */
export function readyVendingKey(
  vendingKey: SecretKey,
  algorithm: DecoderKeyAlgorithm,
  switchedOn: readonly UncertainAlgorithm[] = [],
): Result<ReadyVendingKey, "not-switched-on"> {
  assert(vendingKey.lengthBytes === vendingKeyBytes(algorithm), "a vending key has its length");
  if (algorithm === 4) return ok(readyDkga04(vendingKey));
  if (algorithm === 2) return ok(readyDkga02(vendingKey));
  if (!switchedOn.includes(algorithm === 1 ? "dkga01" : "dkga03")) return err("not-switched-on");
  return ok(algorithm === 1 ? readyDkga01(vendingKey) : readyDkga03(vendingKey));
}

/** DKGA02: DES(VK', D) xor D xor VK', VK' being the vending key with odd parity. */
function readyDkga02(vendingKey: SecretKey): ReadyVendingKey {
  const key = vendingKey.use(withOddParity);
  const encrypt = desUnder(key);
  return { derive: (parts) => keyFrom(parts, (data) => xor(xor(encrypt(data), data), key)) };
}

/** DKGA01: DES(D, VK') xor VK' for the legacy meters it is limited to; DKGA02 for all others. */
function readyDkga01(vendingKey: SecretKey): ReadyVendingKey {
  const key = vendingKey.use(withOddParity);
  const other = readyDkga02(vendingKey);
  const legacy = (data: Uint8Array) => xor(desUnder(data)(key), key);
  return {
    derive: (parts) => (isLegacyMeter(parts) ? keyFrom(parts, legacy) : other.derive(parts)),
  };
}

/** DKGA03: two-key EDE over D, xor D. */
function readyDkga03(vendingKey: SecretKey): ReadyVendingKey {
  const encrypt = vendingKey.use((key) => desUnder(key));
  return { derive: (parts) => keyFrom(parts, (data) => xor(encrypt(data), data)) };
}

function keyFrom(parts: DesKeyParts, derive: (data: Uint8Array) => Uint8Array): SecretKey {
  assert(parts.encryptionAlgorithm === 7, "DKGA01 to DKGA03 make 64-bit keys");
  const bytes = derive(desDataBlock(parts));
  const key = new SecretKey(bytes);
  bytes.fill(0);
  return key;
}

/** D: PANBlock xor CONTROLBlock (KT, SGC, TI, KRN, FFFFFF), both sixteen digits. */
export function desDataBlock(parts: DesKeyParts): Uint8Array {
  checkParts(parts);
  const { keyType, supplyGroupCode, tariffIndex, keyRevisionNumber } = parts;
  // A common key belongs to the supply group: no meter's own number enters it.
  const pan = keyType === 3 ? COMMON_PAN : panOf(parts.meterNumber);
  const tariff = tariffIndex.toString().padStart(2, "0");
  const control = `${keyType}${supplyGroupCode}${tariff}${keyRevisionNumber}ffffff`;
  const data = Buffer.allocUnsafe(BLOCK_BYTES);
  data.writeInt32BE(digits8(pan, 1) ^ digits8(control, 0), 0);
  data.writeInt32BE(digits8(pan, 9) ^ digits8(control, 8), 4);
  return data;
}

/** Eight digits of a text as 32 bits, four each. */
function digits8(text: string, from: number): number {
  return Number.parseInt(text.slice(from, from + 8), 16);
}

/** DES (8 bytes) or two-key EDE (16) of single blocks; the cipher stays open for the next one. */
function desUnder(key: Uint8Array): (block: Uint8Array) => Uint8Array {
  const ede = Buffer.alloc(24);
  for (let index = 0; index < 24; index++) ede[index] = key[index % key.length] ?? 0;
  const cipher = createCipheriv("des-ede3", ede, null).setAutoPadding(false);
  ede.fill(0);
  return (block) => {
    assert(block.length === BLOCK_BYTES, "a DES block is 64 bits");
    return cipher.update(block);
  };
}

function withOddParity(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => {
    let ones = 0;
    for (let bit = 1; bit < 8; bit++) ones += (byte >> bit) & 1;
    return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0);
  });
}

function xor(left: Uint8Array, right: Uint8Array): Uint8Array {
  const mixed = new Uint8Array(BLOCK_BYTES);
  for (let index = 0; index < BLOCK_BYTES; index++) {
    mixed[index] = (left[index] ?? 0) ^ (right[index] ?? 0);
  }
  return mixed;
}

/** The manufacturing runs, first and last DRN taken as a number, whose keys are DKGA01's. */
const LEGACY_RUNS = [
  [1_000_000_000, 1_004_999_999],
  [1_090_000_000, 1_090_004_999],
  [3_000_000_000, 3_114_000_009],
  [4_000_000_000, 4_059_999_999],
  [6_010_000_000, 6_039_999_999],
  [6_400_000_000, 6_419_999_999],
  [6_660_000_000, 6_699_999_999],
  [6_990_000_010, 6_990_009_999],
  [7_000_000_000, 7_020_999_999],
] as const;

function isLegacyMeter(parts: DesKeyParts): boolean {
  const { meterNumber, keyType, supplyGroupCode, keyRevisionNumber } = parts;
  if (keyRevisionNumber !== 1 || meterNumber.length !== 11) return false;
  const group = Number(supplyGroupCode);
  if (keyType === 3) return group === 100_702 || (group >= 990_400 && group <= 990_405);
  const number = Number(meterNumber);
  const isInRun = LEGACY_RUNS.some(([first, last]) => number >= first && number <= last);
  return (keyType === 1 || keyType === 2) && isInRun;
}
