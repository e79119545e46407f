import type { ApiKeyHolder } from "@/lib/access";
import { err, ok, type Result } from "@/lib/kernel";
import { maskName, maskUnit } from "@/lib/property";
import { findAmountLimits } from "@/lib/vending";
import { moneyJson } from "../core/money-json";
import { type Problem, problem } from "../core/problems";
import { findSoldMeter } from "./find-meter";
import type { MeterAnswer } from "./schemas";

/** What a payer must see to know that the meter is the right one: as much as a guest learns. */
export async function confirmMeter(
  caller: ApiKeyHolder,
  asked: { readonly number: string; readonly now: Date },
): Promise<Result<MeterAnswer, Problem>> {
  const found = await findSoldMeter(caller, asked);
  if (!found.ok) return found;
  const { meterId, meterNumber, residentName, unitLabel, sellerName, currency } = found.value;
  const limits = await findAmountLimits(caller.scope, { meterId, now: asked.now });
  if (!limits) return err(problem("no-price-in-force"));
  return ok({
    meter: meterNumber,
    holder: residentName === null ? null : maskName(residentName),
    unit: maskUnit(unitLabel),
    seller: sellerName,
    currency,
    least: moneyJson(limits.minimumMinor, currency),
    greatest: moneyJson(limits.maximumMinor, currency),
  });
}
