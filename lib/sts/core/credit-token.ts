import { assert, err, ok, type Result } from "@/lib/kernel";
import { decodeAmount, encodeAmount } from "./amount";
import type { BlockCipher } from "./block-cipher";
import { type CreditSubclass, isCreditSubclass } from "./credit-block";
import type { KeyType } from "./decoder-key";
import type { MeterToken } from "./meter-token";
import { SecretKey } from "./secret-key";
import { tokenCipher } from "./token-cipher";
import { isReservedMinute, isTokenId } from "./token-id";
import { digitsOf } from "./write-token";

/** IEC 62055-41 ed. 3, TCT: 1 magnetic card, 2 numeric keypad, 7 and 8 virtual carriers. */
export type TokenCarrierType = 1 | 2 | 7 | 8;

export type CreditTokenInput = {
  /** The meter's decoder key, by its length EA07 or EA11; or its cipher, for whoever makes many. */
  readonly decoderKey: SecretKey | BlockCipher;
  readonly keyType: KeyType;
  readonly tokenCarrierType: TokenCarrierType;
  readonly subclass: CreditSubclass;
  /** RND, four bits chosen by chance and stored, so that asking again gives the same digits. */
  readonly random: number;
  readonly tokenIdMinutes: number;
  /** Whole transfer units: 0.1 kWh for electricity. */
  readonly units: bigint;
};

export type CreditToken = {
  readonly token: MeterToken;
  readonly amountField: number;
  /** What the meter will add: the units asked for, rounded up where the field is coarser. */
  readonly carriedUnits: bigint;
};

/**
 * IEC 62055-41 ed. 3, key type rules for credit: never under a default key (DDTK), for any vendor
 * could make tokens for that meter, and under a common key (DCTK) only on a magnetic card.
 */
export function mayCarryCredit(key: {
  readonly keyType: KeyType;
  readonly tokenCarrierType: TokenCarrierType;
}): boolean {
  return key.keyType !== 1 && (key.keyType !== 3 || key.tokenCarrierType === 1);
}

/**
 * A TransferCredit token (class 0, SubClass 0 to 3). Refuses a key type that must not
 * carry credit; anything else out of its range is a bug. That the TID is newer than the meter's
 * last one and the key not expired is for the caller, who holds the journal.
 */
export function encodeCreditToken(input: CreditTokenInput): Result<CreditToken, "KeyTypeError"> {
  assert(!isReservedMinute(input.tokenIdMinutes), "credit does not use the reserved minute 00:01");
  if (!mayCarryCredit(input)) return err("KeyTypeError");

  const { subclass, random, tokenIdMinutes, units, decoderKey } = input;
  assert(isCreditSubclass(subclass), "SubClass 4 and up have another layout");
  assert(Number.isInteger(random) && random >= 0 && random <= 15, "random fits into 4 bits");
  assert(isTokenId(tokenIdMinutes), "tokenIdMinutes fits into 24 bits");
  const amountField = encodeAmount(units);
  const upper = (subclass << 28) | (random << 24) | tokenIdMinutes;
  const isKey = decoderKey instanceof SecretKey;
  const cipher = isKey ? tokenCipher(decoderKey) : decoderKey;
  const token = digitsOf(cipher, 0, false, upper, amountField);
  if (isKey) cipher.wipe();
  return ok({ token, amountField, carriedUnits: decodeAmount(amountField) });
}
