import { type ApiKeyHolder, inScope } from "@/lib/access";
import { err, ok, type Result } from "@/lib/kernel";
import { findServedMeter, type ServedMeter } from "@/lib/property";
import { parseMeterNumber } from "@/lib/sts";
import { type Problem, problem } from "../core/problems";

/** A meter that can be sold for: somebody holds its unit. */
export type SoldMeter = ServedMeter & { readonly occupancyId: string };

/**
 * A meter of the key's organization and buildings, by its number. Who buys through a program is a
 * stranger, as on the public page, and so a number that is only claimed is not sold for.
 */
export async function findSoldMeter(
  { scope }: ApiKeyHolder,
  asked: { readonly number: string; readonly now: Date },
): Promise<Result<SoldMeter, Problem>> {
  const number = parseMeterNumber(asked.number);
  if (!number.ok) return err(problem("meter-number-invalid"));
  const meterNumber = number.value;
  const { organizationId } = scope;
  const served = await inScope(scope, async (tx) => {
    const meter = await tx.db.meter.findFirst({
      where: { organizationId, meterNumber },
      select: { id: true },
    });
    return meter && findServedMeter(tx, meter.id, asked.now);
  });
  if (!served) return err(problem("meter-not-found"));
  if (served.proof === "contested") return err(problem("meter-contested"));
  if (served.proof === "claimed") return err(problem("meter-unproved"));
  if (served.status === "blocked") return err(problem("meter-blocked"));
  const { occupancyId } = served;
  if (!occupancyId) return err(problem("meter-not-in-use"));
  return ok({ ...served, occupancyId });
}
