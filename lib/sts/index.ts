export {
  decodeAmount,
  encodeAmount,
  isExactAmount,
  MAXIMUM_EXACT_AMOUNT_UNITS,
} from "./core/amount";
export type { BlockCipher, EncryptionAlgorithm } from "./core/block-cipher";
export type { CreditSubclass } from "./core/credit-block";
export {
  type CreditToken,
  encodeCreditToken,
  mayCarryCredit,
  type TokenCarrierType,
} from "./core/credit-token";
export { decodeClearToken, decodeToken } from "./core/decode-token";
export type { KeyType, ReadyVendingKey } from "./core/decoder-key";
export { type DecoderKeyParts, deriveDecoderKey } from "./core/decoder-key";
export {
  type DecoderKeyAlgorithm,
  readyVendingKey,
  type UncertainAlgorithm,
  vendingKeyBytes,
} from "./core/des-decoder-key";
export { encodeKeyChange, mayFollow, type NewKey, rollsOver } from "./core/key-change";
export {
  encodeCurrencyToken,
  encodeManagementToken,
  encodeTestToken,
  isManagementSubclass,
  MANAGEMENT_SUBCLASSES,
  type ManagementSubclass,
  wattsField,
} from "./core/management-token";
export type { MeterRefusal, MeterState, NewMeter } from "./core/meter";
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
export { parseStaTables, SAMPLE_STA_TABLES, type StaTables } from "./core/sta-tables";
export { tokenCipher } from "./core/token-cipher";
export type { DecodedCreditToken, DecodedToken } from "./core/token-content";
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
