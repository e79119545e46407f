export {
  decodeAmount,
  encodeAmount,
  isExactAmount,
  MAXIMUM_EXACT_AMOUNT_UNITS,
} from "./core/amount";
export type { CreditSubclass } from "./core/credit-block";
export {
  type CreditToken,
  encodeCreditToken,
  mayCarryCredit,
  type TokenCarrierType,
} from "./core/credit-token";
export { type DecodedCreditToken, type DecodedToken, decodeToken } from "./core/decode-token";
export type { EncryptionAlgorithm, KeyType } from "./core/decoder-key";
export { type DecoderKeyParts, deriveDecoderKey } from "./core/decoder-key";
export type { MeterState, NewMeter } from "./core/meter";
export { enterToken, type MeterAnswer, type MeterRejection, newMeter } from "./core/meter";
export {
  formatMeterNumber,
  type MeterNumber,
  type MeterNumberFault,
  panOf,
  parseMeterNumber,
} from "./core/meter-pan";
export { formatMeterToken, type MeterToken, parseMeterToken } from "./core/meter-token";
export { SecretKey } from "./core/secret-key";
export {
  BASE_DATES,
  type BaseDate,
  instantOfTokenId,
  isKeyExpired,
  isReservedMinute,
  LAST_TOKEN_ID_MINUTES,
  lastTokenIdOf,
  minutesSinceBase,
  nextTokenId,
  ordinaryTokenId,
} from "./core/token-id";
