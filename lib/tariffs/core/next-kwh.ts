import { assert } from "@/lib/kernel";
import { type CurrencyCode, type Decimal, minorDigitsOf, rational, roundHalfUp } from "@/lib/money";
import { ratesOf } from "./rates";
import type { TariffDefinition } from "./tariff-definition";

const SHOWN_SCALE = 4;
const WH_PER_KWH = 1_000n;

/**
 * What the next kWh costs with levies and tax, in major units rounded to four places for showing,
 * and the watt-hour of the month up to which it stays so.
 */
export function nextKwh(input: {
  readonly definition: TariffDefinition;
  readonly currency: CurrencyCode;
  readonly monthToDateWh: bigint;
}): { readonly priceMajorPerKwh: Decimal; readonly untilWh: bigint | null } {
  const { definition, currency, monthToDateWh } = input;
  const minorDigits = minorDigitsOf(currency);
  const { steps, denominator } = ratesOf(definition, minorDigits);
  const step = steps.find(({ upToWh }) => upToWh === null || monthToDateWh < upToWh);
  assert(step, "the last step of a tariff has no end");
  const shown = step.gross * WH_PER_KWH * 10n ** BigInt(SHOWN_SCALE);
  const perMinor = denominator * 10n ** BigInt(minorDigits);
  const digits = roundHalfUp(rational(shown, perMinor));
  return { priceMajorPerKwh: { digits, scale: SHOWN_SCALE }, untilWh: step.upToWh };
}
