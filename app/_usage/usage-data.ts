import type { OrgScope } from "@/lib/access/shared";
import {
  type CivilSpan,
  lastPeriods,
  periodBefore,
  type UnitUsage,
  usageOfUnit,
} from "@/lib/metering";
import { USAGE_SCALES, type UsageScale } from "@/lib/metering/shared";
import { civilDayAt, type UnitWithBuilding } from "@/lib/property";

const COUNT = { day: 30, month: 12 } as const satisfies Record<UsageScale, number>;

/** What a page of a unit's use shows: by day or by month, and the same period before. */
export type UsageData = {
  readonly by: UsageScale;
  readonly span: CivilSpan;
  readonly usage: UnitUsage;
  readonly before: UnitUsage;
};

/** By day, unless the address bar asks for another scale that there is. */
export function scaleOf(asked: string | string[] | null | undefined): UsageScale {
  return USAGE_SCALES.find((scale) => scale === asked) ?? "day";
}

/** Null for a unit that the scope does not see. */
export async function findUsage(
  scope: OrgScope,
  unit: UnitWithBuilding,
  { by, now }: { readonly by: UsageScale; readonly now: Date },
): Promise<UsageData | null> {
  const span = lastPeriods(by, civilDayAt(now, unit.building.timeZone), COUNT[by]);
  const ask = (which: CivilSpan) => usageOfUnit(scope, { unitId: unit.id, ...which, by, now });
  const [usage, before] = await Promise.all([ask(span), ask(periodBefore(by, span))]);
  return usage && before && { by, span, usage, before };
}
