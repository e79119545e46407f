import { inScope, isPracticeInstallation } from "@/lib/access";
import type { GuestScope } from "@/lib/access/shared";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { changeLoad } from "../core/load-register";
import { MAXIMUM_LOAD_WATT } from "../core/maximum-load";
import type { PracticeMeterView } from "../core/meter-view";
import type { SetLoadError } from "../errors";
import { lockMeter, saveMeter } from "./locked-meter";
import { findMeterView } from "./practice-meters";

/** Sets what draws from the practice meter, in whole watts from 0 to 20,000, switched on or off. */
export async function setLoad(
  scope: GuestScope,
  load: { readonly isLoadOn: boolean; readonly loadWatt: number; readonly now: Date },
): Promise<Result<PracticeMeterView, SetLoadError>> {
  const { organizationId, meterId } = scope;
  const { isLoadOn, loadWatt, now } = load;
  if (meterId === null || !(await isPracticeInstallation())) return err("practice-meter-not-found");
  const isInRange = Number.isInteger(loadWatt) && loadWatt >= 0 && loadWatt <= MAXIMUM_LOAD_WATT;
  if (!isInRange) return err("load-out-of-range");
  return inScope(scope, async (tx) => {
    if (!(await lockMeter(tx, meterId))) return err("practice-meter-not-found");
    const register = await tx.db.practiceMeter.findUniqueOrThrow({
      where: { organizationId_meterId: { organizationId, meterId } },
      select: { remainingWh: true, loadWatt: true, isLoadOn: true, countedAt: true },
    });
    await saveMeter(tx, meterId, changeLoad(register, { isLoadOn, loadWatt }, now));
    const meter = await findMeterView(tx, meterId, now);
    assert(meter, "a meter that is locked is there");
    return ok(meter);
  });
}
