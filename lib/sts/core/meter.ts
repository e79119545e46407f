import { assert } from "@/lib/kernel";
import type { CreditSubclass } from "./credit-block";
import { decodeToken } from "./decode-token";
import type { KeyType } from "./decoder-key";
import { isManagementValue } from "./management-token";
import { type KeyChangeAnswer, type PendingKeyChange, takeSection } from "./meter-key-change";
import { type Lockout, lockedUntil, withFailure } from "./meter-lockout";
import type { SecretKey } from "./secret-key";
import type { StaTables } from "./sta-tables";
import { tokenCipher } from "./token-cipher";
import type {
  DecodedCreditToken,
  DecodedCurrencyToken,
  DecodedManagementToken,
  DecodedTestToken,
  DecodedToken,
} from "./token-content";
import { isKeyExpired, isTokenId, lastTokenIdOf } from "./token-id";

/** What a meter remembers. Units are 0.1 kWh for electricity. */
export type MeterState = {
  readonly decoderKey: SecretKey;
  /** The tables of an EA07 meter; null is the standard's sample, or EA11. */
  readonly staTables: StaTables | null;
  readonly keyType: KeyType;
  /** KEN, 0 to 255; 255 never expires. */
  readonly keyExpiryNumber: number;
  readonly keyRevisionNumber: number;
  readonly tariffIndex: number;
  readonly supplyGroupCode: string;
  readonly tokenCarrierType: number;
  /** Null: answers test tokens of every manufacturer. */
  readonly manufacturerCode: number | null;
  /** What the meter sells: 0 electricity, 1 water, 2 gas, 3 time; "all" is for checking tokens. */
  readonly subclass: CreditSubclass | "all";
  /** "credit": everything but credit of its kind is a FunctionError. */
  readonly functions: "credit" | "all";
  /** The newest TIDs accepted, the oldest first; always `tokenIdMemorySize` of them. */
  readonly tokenIdMemory: readonly number[];
  readonly tokenIdMemorySize: number;
  readonly creditUnits: bigint;
  /** The most the credit register can hold; null: no limit. */
  readonly creditLimitUnits: bigint | null;
  /** The last value accepted of each management SubClass: limits, rates, factors. */
  readonly settings: Readonly<Record<number, number>>;
  readonly pendingKeyChange: PendingKeyChange | null;
  /** Null: a keypad that never locks. */
  readonly lockout: Lockout | null;
};

/** What IEC 62055-41 ed. 3, MeterApplicationProcess, says of credit, by its names. */
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

/** All it can say no with. LockoutError: the keypad rests after too many wrong entries. */
export type MeterRefusal = MeterRejection | "MfrCodeError" | "KeyTypeError" | "LockoutError";

export type MeterAnswer = { readonly state: MeterState } & (
  | {
      readonly result: "Accept" | "KctPending";
      readonly token: DecodedToken;
      /** What went into the credit register; 0 for all but credit. */
      readonly addedUnits: bigint;
    }
  | { readonly result: MeterRefusal; readonly token: DecodedToken | null }
);

/** Edition 3 meters keep the 50 newest TIDs; older ones fewer. */
export const DEFAULT_TOKEN_ID_MEMORY_SIZE = 50;

/** 99,999.9 kWh, six digits of a display. */
export const DEFAULT_CREDIT_LIMIT_UNITS = 999_999n;

const DEFAULT_KEY_TYPE = 1;
const PLAIN_CLASS = 1;
const LAST_MANAGEMENT_SUBCLASS = 10;
const CLEAR_CREDIT = 1;
const ALL_REGISTERS = 0xffff;

export type NewMeter = Pick<
  MeterState,
  "decoderKey" | "keyType" | "keyExpiryNumber" | "subclass"
> & {
  /** The minute of manufacture on the key's base date: nothing older is ever accepted. */
  readonly manufacturedAtMinutes: number;
} & Partial<Omit<MeterState, "tokenIdMemory" | "creditUnits" | "settings" | "pendingKeyChange">>;

const FACTORY = {
  staTables: null,
  keyRevisionNumber: 1,
  tariffIndex: 1,
  supplyGroupCode: "000000",
  tokenCarrierType: 2,
  manufacturerCode: null,
  functions: "credit",
  tokenIdMemorySize: DEFAULT_TOKEN_ID_MEMORY_SIZE,
  creditLimitUnits: DEFAULT_CREDIT_LIMIT_UNITS,
  lockout: null,
} as const;

/** A meter as it leaves the factory: no credit, every TID in its memory the minute it was made. */
export function newMeter(made: NewMeter): MeterState {
  const { manufacturedAtMinutes, ...attributes } = made;
  const kept = { ...FACTORY, ...attributes };
  const { tokenIdMemorySize, creditLimitUnits } = kept;
  assert(isTokenId(manufacturedAtMinutes), "a minute of manufacture is 24 bits");
  assert(lastTokenIdOf(made.keyExpiryNumber) > 0, "a key expiry number is 8 bits");
  assert(Number.isInteger(tokenIdMemorySize) && tokenIdMemorySize > 0, "a meter remembers a TID");
  assert(creditLimitUnits === null || creditLimitUnits > 0n, "a credit register holds something");
  return {
    ...kept,
    tokenIdMemory: Array.from({ length: tokenIdMemorySize }, () => manufacturedAtMinutes),
    creditUnits: 0n,
    settings: {},
    pendingKeyChange: null,
  };
}

/**
 * Types 20 digits into the meter, `atSeconds` after any fixed start; the seconds serve the time-out
 * of a key change and the lockout. A refused token changes nothing but what those two remember: for
 * a meter without lockout the state that comes back is the one that went in.
 */
export function enterToken(state: MeterState, digits: string, atSeconds = 0): MeterAnswer {
  const cipher = tokenCipher(state.decoderKey, state.staTables ?? undefined);
  const decoded = decodeToken(digits, cipher);
  cipher.wipe();
  const isTest = decoded.ok && decoded.value.tokenClass === PLAIN_CLASS;
  if (!isTest && state.lockout && atSeconds < lockedUntil(state.lockout)) {
    return { state, result: "LockoutError", token: null };
  }
  const answer = decoded.ok
    ? answerTo(state, decoded.value, atSeconds)
    : ({ state, result: decoded.error, token: null } as const);
  if (state.lockout === null || isTest) return answer;
  const isGood = answer.result === "Accept" || answer.result === "KctPending";
  const lockout = withFailure(state.lockout, { isGood, atSeconds });
  return { ...answer, state: { ...answer.state, lockout } };
}

function answerTo(state: MeterState, token: DecodedToken, atSeconds: number): MeterAnswer {
  const refused = (result: MeterRefusal): MeterAnswer => ({ state, result, token });
  if (token.kind === "credit" || token.kind === "currency") return answerToCredit(state, token);
  if (state.functions === "credit" || token.kind === "other") return refused("FunctionError");
  if (token.kind === "meter-test") return answerToTest(state, token);
  if (token.kind === "management") return answerToManagement(state, token);

  const change: KeyChangeAnswer = takeSection(state, token, atSeconds);
  if (change.result === "RangeError" || change.result === "FunctionError") {
    return refused(change.result);
  }
  const kept = { ...state, pendingKeyChange: change.pending };
  if (change.result === "KeyTypeError") return { state: kept, result: change.result, token };
  if (change.result === "KctPending") {
    return { state: kept, result: change.result, token, addedUnits: 0n };
  }
  const { rollOver, ...newKey } = change.newKey;
  const tokenIdMemory = rollOver ? state.tokenIdMemory.map(() => 0) : state.tokenIdMemory;
  const changed = { ...kept, ...newKey, tokenIdMemory };
  return { state: changed, result: "Accept", token, addedUnits: 0n };
}

/** The checks of the MeterApplicationProcess for credit, in its order. */
function answerToCredit(
  state: MeterState,
  token: DecodedCreditToken | DecodedCurrencyToken,
): MeterAnswer {
  // Credit for another utility, or in currency, is nothing this meter can do.
  if (state.subclass !== "all" && token.subclass !== state.subclass) {
    return { state, result: "FunctionError", token };
  }
  const rejection = creditRejection(state, token);
  if (rejection) return { state, result: rejection, token };
  const creditUnits = state.creditUnits + token.units;
  const credited = { ...remembering(state, token.tokenIdMinutes), creditUnits };
  return { state: credited, result: "Accept", token, addedUnits: token.units };
}

function creditRejection(
  state: MeterState,
  token: DecodedCreditToken | DecodedCurrencyToken,
): MeterRejection | null {
  if (state.keyType === DEFAULT_KEY_TYPE) return "DDTKError";
  const { creditLimitUnits } = state;
  const isFull = creditLimitUnits !== null && state.creditUnits + token.units > creditLimitUnits;
  return tokenIdRejection(state, token.tokenIdMinutes) ?? (isFull ? "OverflowError" : null);
}

/** A test is for one manufacturer's meters or, with code 0, for all. */
function answerToTest(state: MeterState, token: DecodedTestToken): MeterAnswer {
  const { manufacturerCode: code } = token;
  const isForUs = code === 0 || state.manufacturerCode === null || code === state.manufacturerCode;
  if (!isForUs) return { state, result: "MfrCodeError", token };
  // What tests 6 to 15 do is each manufacturer's own affair.
  if (token.subclass > 2) return { state, result: "FunctionError", token };
  return { state, result: "Accept", token, addedUnits: 0n };
}

function answerToManagement(state: MeterState, token: DecodedManagementToken): MeterAnswer {
  const { subclass, value, tokenIdMinutes } = token;
  if (subclass > LAST_MANAGEMENT_SUBCLASS) return { state, result: "FunctionError", token };
  if (!isManagementValue(subclass, value)) return { state, result: "RangeError", token };
  const rejection = tokenIdRejection(state, tokenIdMinutes);
  if (rejection) return { state, result: rejection, token };
  const isOurRegister = value === ALL_REGISTERS || value === state.subclass;
  const isCleared = subclass === CLEAR_CREDIT && (isOurRegister || state.subclass === "all");
  const changed = {
    ...remembering(state, tokenIdMinutes),
    creditUnits: isCleared ? 0n : state.creditUnits,
    settings: { ...state.settings, [subclass]: value },
  };
  return { state: changed, result: "Accept", token, addedUnits: 0n };
}

/** KEN, used, old: asked of every token that has a TID. */
function tokenIdRejection(state: MeterState, tokenIdMinutes: number): MeterRejection | null {
  if (isKeyExpired(tokenIdMinutes, state.keyExpiryNumber)) return "KeyExpiredError";
  if (state.tokenIdMemory.includes(tokenIdMinutes)) return "UsedError";
  return tokenIdMinutes < oldestTokenId(state) ? "OldError" : null;
}

function oldestTokenId({ tokenIdMemory, tokenIdMemorySize }: MeterState): number {
  const [oldest] = tokenIdMemory;
  assert(oldest !== undefined, "a meter remembers a TID");
  assert(tokenIdMemory.length === tokenIdMemorySize, "the TID memory keeps its size");
  return oldest;
}

/** The new TID takes the place of the oldest. */
function remembering(state: MeterState, tokenIdMinutes: number): MeterState {
  const remembered = [...state.tokenIdMemory.slice(1), tokenIdMinutes];
  return { ...state, tokenIdMemory: remembered.toSorted((left, right) => left - right) };
}
