import { assert } from "@/lib/kernel";
import type { CreditSubclass } from "./credit-block";
import { type DecodedCreditToken, type DecodedToken, decodeToken } from "./decode-token";
import type { KeyType } from "./decoder-key";
import type { SecretKey } from "./secret-key";
import { isKeyExpired, isTokenId, lastTokenIdOf } from "./token-id";

/** What a meter remembers. Units are 0.1 kWh for electricity. */
export type MeterState = {
  readonly decoderKey: SecretKey;
  readonly keyType: KeyType;
  /** KEN, 0 to 255; 255 never expires. */
  readonly keyExpiryNumber: number;
  /** What the meter sells: 0 electricity, 1 water, 2 gas, 3 time. */
  readonly subclass: CreditSubclass;
  /** The newest TIDs accepted, the oldest first; always `tokenIdMemorySize` of them. */
  readonly tokenIdMemory: readonly number[];
  readonly tokenIdMemorySize: number;
  readonly creditUnits: bigint;
  /** The most the credit register can hold. */
  readonly creditLimitUnits: bigint;
};

/**
 * The names of IEC 62055-41 ed. 3, MeterApplicationProcess. RangeError belongs to tokens with a
 * field that can be out of range; every value of a credit token's fields is in range.
 */
export type MeterRejection =
  | "FormatError"
  | "CRCError"
  | "FunctionError"
  | "RangeError"
  | "DDTKError"
  | "KeyExpiredError"
  | "UsedError"
  | "OldError"
  | "OverflowError";

export type MeterAnswer = { readonly state: MeterState } & (
  | { readonly result: "Accept"; readonly token: DecodedCreditToken }
  | { readonly result: MeterRejection; readonly token: DecodedToken | null }
);

/** Edition 3 meters keep the 50 newest TIDs; older ones fewer. */
export const DEFAULT_TOKEN_ID_MEMORY_SIZE = 50;

/** 99,999.9 kWh, six digits of a display. */
export const DEFAULT_CREDIT_LIMIT_UNITS = 999_999n;

const DEFAULT_KEY_TYPE = 1;

export type NewMeter = Pick<
  MeterState,
  "decoderKey" | "keyType" | "keyExpiryNumber" | "subclass"
> & {
  /** The minute of manufacture on the key's base date: nothing older is ever accepted. */
  readonly manufacturedAtMinutes: number;
} & Partial<Pick<MeterState, "tokenIdMemorySize" | "creditLimitUnits">>;

/** A meter as it leaves the factory: no credit, every TID in its memory the minute it was made. */
export function newMeter(made: NewMeter): MeterState {
  const { manufacturedAtMinutes, ...kept } = made;
  const tokenIdMemorySize = made.tokenIdMemorySize ?? DEFAULT_TOKEN_ID_MEMORY_SIZE;
  const creditLimitUnits = made.creditLimitUnits ?? DEFAULT_CREDIT_LIMIT_UNITS;
  assert(isTokenId(manufacturedAtMinutes), "a minute of manufacture is 24 bits");
  assert(lastTokenIdOf(made.keyExpiryNumber) > 0, "a key expiry number is 8 bits");
  assert(Number.isInteger(tokenIdMemorySize) && tokenIdMemorySize > 0, "a meter remembers a TID");
  assert(creditLimitUnits > 0n, "a credit register holds something");
  return {
    ...kept,
    tokenIdMemory: Array.from({ length: tokenIdMemorySize }, () => manufacturedAtMinutes),
    tokenIdMemorySize,
    creditUnits: 0n,
    creditLimitUnits,
  };
}

/**
 * Types 20 digits into the meter. A refused token changes nothing: the state that comes back is the
 * one that went in.
 */
export function enterToken(state: MeterState, digits: string): MeterAnswer {
  const decoded = decodeToken(digits, state.decoderKey);
  if (!decoded.ok) return { state, result: decoded.error, token: null };
  const token = decoded.value;
  // A class 1 or 2 token, or credit for another utility, is nothing this meter can do.
  if (token.kind !== "credit" || token.subclass !== state.subclass) {
    return { state, result: "FunctionError", token };
  }
  const rejection = creditRejection(state, token);
  if (rejection) return { state, result: rejection, token };
  return { state: credited(state, token), result: "Accept", token };
}

/** The checks of the MeterApplicationProcess for credit, in its order. */
function creditRejection(state: MeterState, token: DecodedCreditToken): MeterRejection | null {
  const { tokenIdMinutes } = token;
  if (state.keyType === DEFAULT_KEY_TYPE) return "DDTKError";
  if (isKeyExpired(tokenIdMinutes, state.keyExpiryNumber)) return "KeyExpiredError";
  if (state.tokenIdMemory.includes(tokenIdMinutes)) return "UsedError";
  if (tokenIdMinutes < oldestTokenId(state)) return "OldError";
  if (state.creditUnits + token.units > state.creditLimitUnits) return "OverflowError";
  return null;
}

function oldestTokenId({ tokenIdMemory, tokenIdMemorySize }: MeterState): number {
  const [oldest] = tokenIdMemory;
  assert(oldest !== undefined, "a meter remembers a TID");
  assert(tokenIdMemory.length === tokenIdMemorySize, "the TID memory keeps its size");
  return oldest;
}

/** The new TID takes the place of the oldest. */
function credited(state: MeterState, token: DecodedCreditToken): MeterState {
  const remembered = [...state.tokenIdMemory.slice(1), token.tokenIdMinutes];
  return {
    ...state,
    tokenIdMemory: remembered.toSorted((left, right) => left - right),
    creditUnits: state.creditUnits + token.units,
  };
}
