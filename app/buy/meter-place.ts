import { inScope } from "@/lib/access";
import type { GuestScope } from "@/lib/access/shared";
import type { CurrencyCode } from "@/lib/money";
import { findServedMeter } from "@/lib/property";

/** What the buy page must know of a meter before a price is asked: nothing of who lives there. */
export type MeterPlace = {
  readonly currency: CurrencyCode;
  readonly locale: string;
  readonly sellerName: string;
};

/** Null for a meter that serves no unit now. */
export async function findMeterPlace(scope: GuestScope, now: Date): Promise<MeterPlace | null> {
  const { meterId } = scope;
  if (!meterId) return null;
  const served = await inScope(scope, (tx) => findServedMeter(tx, meterId, now));
  if (!served) return null;
  const { currency, locale, buildingName } = served;
  return { currency, locale, sellerName: buildingName };
}
