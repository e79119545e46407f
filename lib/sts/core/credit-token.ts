import { assert, err, ok, type Result } from "@/lib/kernel";
import { decodeAmount, encodeAmount } from "./amount";
import { CREDIT_CLASS, type CreditSubclass, encodeCreditBlock } from "./credit-block";
import type { KeyType } from "./decoder-key";
import type { MeterToken } from "./meter-token";
import { encryptMisty1 } from "./misty1";
import type { SecretKey } from "./secret-key";
import { isReservedMinute } from "./token-id";
import { encodeTokenDigits } from "./transposition";

/** IEC 62055-41 ed. 3, TCT: 1 magnetic card, 2 numeric keypad, 7 and 8 virtual carriers. */
export type TokenCarrierType = 1 | 2 | 7 | 8;

export type CreditTokenInput = {
  /** The meter's decoder key for EA11, 128 bits. */
  readonly decoderKey: SecretKey;
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
 * A TransferCredit token (class 0, SubClass 0 to 3) under EA11. Refuses a key type that must not
 * carry credit; anything else out of its range is a bug. That the TID is newer than the meter's
 * last one and the key not expired is for the caller, who holds the journal.
 */
export function encodeCreditToken(input: CreditTokenInput): Result<CreditToken, "KeyTypeError"> {
  assert(!isReservedMinute(input.tokenIdMinutes), "credit does not use the reserved minute 00:01");
  if (!mayCarryCredit(input)) return err("KeyTypeError");

  const amountField = encodeAmount(input.units);
  const block = encodeCreditBlock({
    subclass: input.subclass,
    random: input.random,
    tokenIdMinutes: input.tokenIdMinutes,
    amount: amountField,
  });
  const encrypted = encryptMisty1(input.decoderKey, block);
  return ok({
    token: encodeTokenDigits(encrypted, CREDIT_CLASS),
    amountField,
    carriedUnits: decodeAmount(amountField),
  });
}
