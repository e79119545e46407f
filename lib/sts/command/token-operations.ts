import { encodeCreditToken } from "../core/credit-token";
import { decodeClearToken, decodeToken } from "../core/decode-token";
import type { KeyType } from "../core/decoder-key";
import {
  encodeKeyChange,
  type KeyChangeSize,
  mayFollow,
  type NewKey,
  rollsOver,
} from "../core/key-change";
import {
  carriesWatts,
  encodeCurrencyToken,
  encodeManagementToken,
  encodeTestToken,
  isManagementSubclass,
  wattsField,
} from "../core/management-token";
import { SecretKey } from "../core/secret-key";
import { decoderKeyBytes } from "../core/token-cipher";
import type { CurrencySubclass } from "../core/token-content";
import { isKeyExpired } from "../core/token-id";
import { writtenContent } from "./decoded-token";
import { amountUnitsOf, type Operation } from "./operations";
import { badRequest, outOfRange, Refusal } from "./refusal";
import {
  baseDateOf,
  bytesOf,
  type Fields,
  has,
  hexOf,
  hexText,
  integerOf,
  meterNumberOf,
  objectOf,
  supplyGroupOf,
  textOf,
  tokenIdOf,
  unitsOf,
} from "./request-fields";
import { type RequestKeys, requireKeyTypeForCredit } from "./request-keys";

const WORD = [0, 0xffff] as const;
const NIBBLE = [0, 15] as const;

/** Tokens, made and read. */
export const TOKENS: Readonly<Record<string, Operation>> = {
  credit(fields, keys) {
    requireKeyTypeForCredit(fields);
    const subclass = integerOf(fields, "subclass", [0, 3]) as 0 | 1 | 2 | 3;
    const random = integerOf(fields, "rnd", NIBBLE);
    const tokenIdMinutes = creditTokenIdOf(fields);
    const units = amountUnitsOf(fields);
    const decoderKey = keys.cipher(fields);
    // The key type has been asked about; a card is where any but a default key may carry credit.
    const key = { decoderKey, keyType: 2, tokenCarrierType: 2 } as const;
    const made = encodeCreditToken({ ...key, subclass, random, tokenIdMinutes, units });
    if (!made.ok) throw new Refusal(made.error, "no credit under this key type");
    const { amountField, token } = made.value;
    return { tid: tokenIdMinutes, amountField, token };
  },
  currency(fields, keys) {
    requireKeyTypeForCredit(fields);
    const subclass = integerOf(fields, "subclass", [4, 7]) as CurrencySubclass;
    const tokenIdMinutes = creditTokenIdOf(fields);
    const units = unitsOf(fields, "units");
    const made = encodeCurrencyToken(keys.cipher(fields), { subclass, tokenIdMinutes, units });
    if (!made.ok) throw outOfRange("units");
    const { currencyField, token } = made.value;
    return { tid: tokenIdMinutes, field20: hexText(currencyField, 5), token };
  },
  management(fields, keys) {
    const subclass = integerOf(fields, "subclass", NIBBLE);
    if (!isManagementSubclass(subclass)) throw outOfRange("subclass");
    const random = integerOf(fields, "rnd", NIBBLE);
    const tokenIdMinutes = tokenIdOf(fields);
    const value = managementValueOf(fields, subclass);
    const content = { subclass, random, tokenIdMinutes, value };
    const made = encodeManagementToken(keys.cipher(fields), content);
    if (!made.ok) throw outOfRange("valueField");
    return { tid: tokenIdMinutes, valueField: value, token: made.value };
  },
  meterTest(fields) {
    const made = encodeTestToken({
      subclass: integerOf(fields, "subclass", NIBBLE),
      control: Number(hexOf(fields, "control", 36)),
      manufacturerCode: integerOf(fields, "mfrCode", [0, 9999]),
    });
    if (!made.ok) throw outOfRange("control or mfrCode");
    return { token: made.value };
  },
  keyChange: (fields, keys) =>
    has(fields, "from") || has(fields, "to")
      ? changeBetween(fields, keys)
      : { tokens: changeTokens(fields, givenChange(fields, keys), keys) },
  decode(fields, keys) {
    const digits = textOf(fields, "token");
    const hasKey = has(fields, "decoderKey") || has(fields, "vendingKey");
    const decoded = hasKey ? decodeToken(digits, keys.cipher(fields)) : decodeClearToken(digits);
    if (decoded.ok) return { decoded: writtenContent(decoded.value) };
    if (decoded.error === "needs-key") throw badRequest("decoderKey must be given for this class");
    throw new Refusal(decoded.error, READ_FAULTS[decoded.error]);
  },
};

const READ_FAULTS = {
  FormatError: "not 20 digits below 2^66 of class 0, 1 or 2",
  CRCError: "the checksum is wrong: a wrong digit, another meter's token or another key",
} as const;

/** The TID of a credit token, which an expired key must not carry. */
function creditTokenIdOf(fields: Fields): number {
  const tokenId = tokenIdOf(fields);
  if (has(fields, "ken") && isKeyExpired(tokenId, integerOf(fields, "ken", [0, 255]))) {
    throw new Refusal("KeyExpiredError", "the key had expired by then");
  }
  return tokenId;
}

/** `units` in watts for limits, or the 16 bits as they are. A tamper token has nothing to say. */
function managementValueOf(fields: Fields, subclass: number): number {
  if (has(fields, "units")) {
    if (!carriesWatts(subclass)) throw badRequest("units are for subclasses 0 and 6: valueField");
    const field = wattsField(unitsOf(fields, "units"));
    if (!field.ok) throw outOfRange("units");
    return field.value;
  }
  const isTamper = subclass === 5;
  return isTamper && !has(fields, "valueField") ? 0 : integerOf(fields, "valueField", WORD);
}

type Change = {
  readonly current: SecretKey;
  readonly newKey: NewKey;
  readonly rollOver: boolean;
};

function givenChange(fields: Fields, keys: RequestKeys): Change {
  const algorithm = keys.algorithm(fields);
  return {
    current: keys.decoderKey(fields),
    newKey: {
      decoderKey: new SecretKey(bytesOf(fields, "newDecoderKey", decoderKeyBytes(algorithm))),
      keyExpiryNumber: integerOf(fields, "ken", [0, 255]),
      ...newAttributes(fields),
    },
    rollOver: integerOf(fields, "ro", [0, 1]) === 1,
  };
}

/** From one set of key attributes to another of the same meter and algorithm. */
function changeBetween(fields: Fields, keys: RequestKeys): object {
  const from = objectOf(fields, "from");
  const to = objectOf(fields, "to");
  const algorithm = keys.algorithm(from);
  if (keys.algorithm(to) !== algorithm) throw badRequest("a key change cannot change the ea");
  const isSameMeter =
    !has(from, "pan") || !has(to, "pan") || meterNumberOf(from) === meterNumberOf(to);
  if (!isSameMeter) throw badRequest("a key change is for one meter: the pans differ");
  const attributes = newAttributes(to);
  const carrier = has(fields, "tct") ? integerOf(fields, "tct", [0, 99]) : 2;
  if (has(from, "kt")) {
    const keyType = integerOf(from, "kt", [0, 3]) as KeyType;
    if (!mayFollow(keyType, attributes.keyType, carrier)) {
      throw new Refusal("KeyTypeError", "a key of this type may not follow the current one");
    }
  }
  const change: Change = {
    current: keys.decoderKey(from),
    newKey: {
      decoderKey: keys.decoderKey(to),
      keyExpiryNumber: integerOf(fields, "newKen", [0, 255]),
      ...attributes,
    },
    rollOver: rollsOver(baseDateOf(from), baseDateOf(to)),
  };
  const tokens = changeTokens({ ...fields, ea: algorithm }, change, keys);
  return { tokens, ro: change.rollOver ? 1 : 0 };
}

function newAttributes(fields: Fields) {
  return {
    keyRevisionNumber: integerOf(fields, "krn", [1, 9]),
    keyType: integerOf(fields, "kt", [0, 3]) as KeyType,
    tariffIndex: integerOf(fields, "ti", [0, 99]),
    supplyGroupCode: supplyGroupOf(fields),
  };
}

function changeTokens(fields: Fields, change: Change, keys: RequestKeys): readonly string[] {
  const usual = keys.algorithm(fields) === 11 ? 4 : 2;
  const size = has(fields, "count") ? integerOf(fields, "count", [2, 4]) : usual;
  const set = { size: size as KeyChangeSize, rollOver: change.rollOver };
  const tokens = encodeKeyChange(keys.cipherOf(change.current), change.newKey, set);
  if (!tokens.ok) throw outOfRange("count");
  return tokens.value;
}
