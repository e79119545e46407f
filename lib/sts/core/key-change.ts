import { assert, err, ok, type Result } from "@/lib/kernel";
import type { BlockCipher } from "./block-cipher";
import type { KeyType } from "./decoder-key";
import type { MeterToken } from "./meter-token";
import type { SecretKey } from "./secret-key";
import type { BaseDate } from "./token-id";
import { digitsOf } from "./write-token";

/** What a key change set tells the meter: the new key and all that belongs to it. */
export type NewKey = {
  readonly decoderKey: SecretKey;
  /** KEN, 0 to 255. */
  readonly keyExpiryNumber: number;
  /** KRN, 1 to 9. */
  readonly keyRevisionNumber: number;
  readonly keyType: KeyType;
  /** TI, 0 to 99. */
  readonly tariffIndex: number;
  /** SGC, six digits. */
  readonly supplyGroupCode: string;
};

export type KeyChangeSize = 2 | 3 | 4;

/** RO: the new base date is later, so the meter must forget the TIDs of the old one. */
export function rollsOver(from: BaseDate, to: BaseDate): boolean {
  return to > from;
}

/**
 * IEC 62055-41 ed. 3, key types, parent to child. The rows of DCTK are inferred; a common key goes
 * into magnetic card meters (TCT 1) only.
 */
export function mayFollow(from: KeyType, to: KeyType, tokenCarrierType: number): boolean {
  if (to === 3) return tokenCarrierType === 1 && (from === 0 || from === 3);
  return to === 0 ? from === 0 : true;
}

/** What a set may be made of; RangeError for anything outside its field. */
export function checkNewKey(key: NewKey): Result<NewKey, "RangeError"> {
  const { keyExpiryNumber, keyRevisionNumber, keyType, tariffIndex, supplyGroupCode } = key;
  const isRight =
    isIn(keyExpiryNumber, 0, 255) &&
    isIn(keyRevisionNumber, 1, 9) &&
    isIn(keyType, 0, 3) &&
    isIn(tariffIndex, 0, 99) &&
    /^\d{6}$/.test(supplyGroupCode);
  return isRight ? ok(key) : err("RangeError");
}

/**
 * The tokens of a key change, all under the current key: two for EA07, three where the meter stores
 * the supply group, four for EA11. They carry no TID and no RND, so the same change gives the same
 * digits. Refuses values beyond their fields and a size the algorithm has not; a new key of another
 * length than the cipher's is a bug.
 */
export function encodeKeyChange(
  cipher: BlockCipher,
  newKey: NewKey,
  { size, rollOver }: { readonly size: KeyChangeSize; readonly rollOver: boolean },
): Result<readonly MeterToken[], "RangeError"> {
  const checked = checkNewKey(newKey);
  if (!checked.ok) return checked;
  const isEa11 = cipher.algorithm === 11;
  if (isEa11 ? size !== 4 : size !== 2 && size !== 3) return err("RangeError");
  assert(newKey.decoderKey.lengthBytes === (isEa11 ? 16 : 8), "a key change keeps the algorithm");

  const { keyExpiryNumber, keyRevisionNumber, keyType, tariffIndex } = newKey;
  const flags = (rollOver ? 8 : 0) | (size === 3 ? 4 : 0) | keyType;
  const head1 = 0x3000 | ((keyExpiryNumber >> 4) << 8) | (keyRevisionNumber << 4) | flags;
  const head2 = 0x4000 | ((keyExpiryNumber & 15) << 8) | tariffIndex;
  const sgc = Number(newKey.supplyGroupCode);
  return ok(
    newKey.decoderKey.use((key) => {
      const tokens = [section(cipher, head1, key, 0), section(cipher, head2, key, isEa11 ? 12 : 4)];
      if (size === 3) {
        tokens.push(digitsOf(cipher, 2, false, (8 << 28) | (sgc << 4), 0));
      }
      if (size === 4) {
        // NKMO2, the second word of the key, travels in the third token, NKMO1 in the fourth.
        tokens.push(section(cipher, 0x8000 | (sgc & 0xfff), key, 4));
        tokens.push(section(cipher, 0x9000 | (sgc >> 12), key, 8));
      }
      return tokens;
    }),
  );
}

/** A section: 16 bits of SubClass and attributes, then 32 bits of the new key. */
function section(cipher: BlockCipher, head: number, key: Uint8Array, offset: number): MeterToken {
  const high = ((key[offset] ?? 0) << 8) | (key[offset + 1] ?? 0);
  const low = ((key[offset + 2] ?? 0) << 8) | (key[offset + 3] ?? 0);
  return digitsOf(cipher, 2, false, (head << 16) | high, low);
}

function isIn(value: number, lowest: number, highest: number): boolean {
  return Number.isInteger(value) && value >= lowest && value <= highest;
}
