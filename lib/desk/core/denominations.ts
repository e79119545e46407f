import { err, ok, type Result } from "@/lib/kernel";
import { type CurrencyCode, minorDigitsOf } from "@/lib/money";

/**
 * Notes and coins in hand, in major units, the largest first. A currency that is not here is
 * counted as a total; so is a drawer with pieces that the list does not know.
 */
const PIECES: Partial<Record<CurrencyCode, readonly string[]>> = {
  EUR: ["200", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10", "0.05"],
  GBP: ["50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10", "0.05"],
  GHS: ["200", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10"],
  JOD: ["50", "20", "10", "5", "1", "0.500", "0.250", "0.100", "0.050"],
  KES: ["1000", "500", "200", "100", "50", "40", "20", "10", "5", "1"],
  NGN: ["1000", "500", "200", "100", "50", "20", "10", "5"],
  RWF: ["5000", "2000", "1000", "500", "100", "50", "20", "10"],
  TZS: ["10000", "5000", "2000", "1000", "500", "200", "100", "50"],
  UGX: ["50000", "20000", "10000", "5000", "2000", "1000", "500", "200", "100", "50"],
  USD: ["100", "50", "20", "10", "5", "2", "1", "0.25", "0.10", "0.05", "0.01"],
  XAF: ["10000", "5000", "2000", "1000", "500", "100", "50", "25", "10", "5"],
  XOF: ["10000", "5000", "2000", "1000", "500", "250", "200", "100", "50", "25", "10", "5"],
  ZAR: ["200", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10"],
  ZMW: ["500", "200", "100", "50", "20", "10", "5", "2", "1", "0.50"],
};

/** The values of a currency's notes and coins in minor units, the largest first. */
export function piecesOf(currency: CurrencyCode): readonly bigint[] {
  return (PIECES[currency] ?? []).map((value) => {
    const [major = "", minor = ""] = value.split(".");
    return BigInt(major + minor.padEnd(minorDigitsOf(currency), "0"));
  });
}

export type Counted = {
  readonly totalMinor: bigint;
  /** How many of each piece, by its value in minor units; those that are there. */
  readonly pieces: Readonly<Record<string, number>>;
};

/**
 * Adds up pieces as typed, by value in minor units: whole numbers of up to six digits, an empty
 * field is none of them. Refused is the first value whose number is none.
 */
export function countPieces(
  currency: CurrencyCode,
  typed: ReadonlyMap<string, string>,
): Result<Counted, { readonly piece: string }> {
  let totalMinor = 0n;
  const pieces: Record<string, number> = {};
  for (const value of piecesOf(currency)) {
    const piece = value.toString();
    const text = (typed.get(piece) ?? "").trim();
    if (text === "") continue;
    if (!/^\d{1,6}$/.test(text)) return err({ piece });
    const count = Number(text);
    if (count === 0) continue;
    pieces[piece] = count;
    totalMinor += value * BigInt(count);
  }
  return ok({ totalMinor, pieces });
}
