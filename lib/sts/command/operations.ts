import { decodeAmount, encodeAmount, MAXIMUM_AMOUNT_UNITS } from "../core/amount";
import { crcOf, currencyCrcOf } from "../core/crc";
import { decodeCurrencyAmount, encodeCurrencyAmount } from "../core/currency-amount";
import { dkga04DataBlock } from "../core/decoder-key";
import { luhnCheckDigit } from "../core/luhn";
import { panBlock, panOf, parseMeterNumber } from "../core/meter-pan";
import { SecretKey } from "../core/secret-key";
import { decryptBlock, encryptBlock, tokenCipher } from "../core/token-cipher";
import { isKeyExpired } from "../core/token-id";
import { encodeTokenDigits, insertClass, type TokenClass } from "../core/transposition";
import { badRequest, outOfRange } from "./refusal";
import {
  bytesOf,
  type Fields,
  has,
  hexOf,
  hexText,
  integerOf,
  meterNumberOf,
  minutesOf,
  textOf,
  tokenIdOf,
  unitsOf,
  writtenUnits,
} from "./request-fields";
import type { RequestKeys } from "./request-keys";

/** Answers one request, or throws a Refusal. */
export type Operation = (fields: Fields, keys: RequestKeys) => object;

/** The pieces a token is made of, one by one. */
export const PIECES: Readonly<Record<string, Operation>> = {
  luhn(fields) {
    const payload = textOf(fields, "payload");
    if (!/^\d{1,1000}$/.test(payload)) throw badRequest("payload must be decimal digits");
    return { checkDigit: luhnCheckDigit(payload) };
  },
  crc(fields) {
    const bits = hexOf(fields, "bits50", 50);
    return { crc: hexText(crcOf(bits), 4), crcCurrency: hexText(currencyCrcOf(bits), 4) };
  },
  pan(fields) {
    const drn = meterNumberOf(fields);
    const pan = panOf(drn);
    const iin = pan.slice(0, pan.length - drn.length - 1);
    return { iin, drn, checkDigit: Number(pan.slice(-1)), panBlock: panBlock(drn) };
  },
  panValid: (fields) => ({ valid: isMeterNumber(textOf(fields, "pan")) }),
  drnInvalid: (fields) => ({ valid: isMeterNumber(textOf(fields, "drn")) }),
  amount(fields) {
    const field = encodeAmount(amountUnitsOf(fields));
    return { field, decodedUnits: writtenUnits(decodeAmount(field)) };
  },
  currencyAmount(fields) {
    const field = encodeCurrencyAmount(unitsOf(fields, "units"));
    if (!field.ok) throw outOfRange("units");
    const decodedUnits = decodeCurrencyAmount(field.value).toString();
    return { field20: hexText(field.value, 5), decodedUnits };
  },
  minutesSinceBase: (fields) => ({ minutes: minutesOf(fields) }),
  tid: (fields) => ({ tid: tokenIdOf(fields) }),
  keyExpired(fields) {
    const tid = integerOf(fields, "tid", [0, 2 ** 24 - 1]);
    return { expired: isKeyExpired(tid, integerOf(fields, "ken", [0, 255])) };
  },
  sta: (fields, keys) => oneBlock(fields, new SecretKey(bytesOf(fields, "key", 8)), keys),
  misty1: (fields, keys) => oneBlock(fields, new SecretKey(bytesOf(fields, "key", 16)), keys),
  transposition(fields) {
    const block = blockOf(fields, "block");
    const tokenClass = integerOf(fields, "class", [0, 3]) as TokenClass;
    const token66 = hexText(insertClass(block, tokenClass), 17);
    return { token66, token: encodeTokenDigits(block, tokenClass) };
  },
  dkga02: (fields, keys) => ({ decoderKey: hexOfKey(keys.derive(fields, 2, 7)) }),
  dkga04(fields, keys) {
    const algorithm = keys.algorithm(fields);
    const decoderKey = hexOfKey(keys.derive(fields, 4, algorithm));
    const dataBlock = dkga04DataBlock(keys.parts(fields, algorithm, true));
    return { dataBlock: Buffer.from(dataBlock).toString("hex"), decoderKey };
  },
};

/** Units of a 16-bit amount. */
export function amountUnitsOf(fields: Fields): bigint {
  const units = unitsOf(fields, "units");
  if (units < 0n || units > MAXIMUM_AMOUNT_UNITS) throw outOfRange("units");
  return units;
}

export function hexOfKey(key: SecretKey): string {
  return key.use((bytes) => Buffer.from(bytes).toString("hex"));
}

/** Encrypts `plain` or, asked the other way round, decrypts `cipher`. */
function oneBlock(fields: Fields, key: SecretKey, { staTables }: RequestKeys): object {
  const cipher = tokenCipher(key, staTables);
  const isBack = !has(fields, "plain") && has(fields, "cipher");
  if (isBack) return { plain: hexText(decryptBlock(cipher, blockOf(fields, "cipher")), 16) };
  return { cipher: hexText(encryptBlock(cipher, blockOf(fields, "plain")), 16) };
}

function blockOf(fields: Fields, name: string): bigint {
  return BigInt(`0x${Buffer.from(bytesOf(fields, name, 8)).toString("hex")}`);
}

function isMeterNumber(text: string): boolean {
  return /^\d+$/.test(text) && parseMeterNumber(text).ok;
}
