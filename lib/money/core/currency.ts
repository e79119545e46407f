import { err, ok, type Result } from "@/lib/kernel";

/**
 * How many digits stand behind the point in each currency we can keep books in (ISO 4217). It is
 * our own table and not the runtime's, for the books must not change with a browser's version.
 */
export const CURRENCIES = {
  AED: 2,
  AOA: 2,
  BHD: 3,
  BWP: 2,
  CDF: 2,
  CHF: 2,
  DZD: 2,
  EGP: 2,
  ETB: 2,
  EUR: 2,
  GBP: 2,
  GHS: 2,
  GMD: 2,
  INR: 2,
  JOD: 3,
  JPY: 0,
  KES: 2,
  KWD: 3,
  LRD: 2,
  LSL: 2,
  MAD: 2,
  MUR: 2,
  MWK: 2,
  MZN: 2,
  NAD: 2,
  NGN: 2,
  OMR: 3,
  RWF: 0,
  SAR: 2,
  SCR: 2,
  SLE: 2,
  SZL: 2,
  TND: 3,
  TZS: 2,
  UGX: 0,
  USD: 2,
  XAF: 0,
  XOF: 0,
  ZAR: 2,
  ZMW: 2,
} as const;

export type CurrencyCode = keyof typeof CURRENCIES;

/** A currency code as typed or stored, in capitals; refuses what is not in `CURRENCIES`. */
export function parseCurrencyCode(text: string): Result<CurrencyCode, "unknown-currency"> {
  return Object.hasOwn(CURRENCIES, text) ? ok(text as CurrencyCode) : err("unknown-currency");
}

/** Digits behind the point: 2 for KES, 0 for UGX, 3 for BHD. */
export function minorDigitsOf(currency: CurrencyCode): number {
  return CURRENCIES[currency];
}
