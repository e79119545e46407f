export { CURRENCIES, type CurrencyCode, minorDigitsOf, parseCurrencyCode } from "./core/currency";
export { type Decimal, formatDecimal, parseDecimal } from "./core/decimal";
export { formatEnergy } from "./core/format-energy";
export { amountToJson, formatMoney, formatMoneyPlain } from "./core/format-money";
export { addMoney, type Money, money } from "./core/money";
export { type AmountFault, MAXIMUM_AMOUNT_MINOR, parseAmount } from "./core/parse-amount";
export {
  addRationals,
  ceilRational,
  compareRationals,
  floorRational,
  multiplyRationals,
  type Rational,
  rational,
  rationalOfDecimal,
  roundHalfUp,
} from "./core/rational";
export { splitByWeight } from "./core/split-by-weight";
