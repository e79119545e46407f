import { inScope, type ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { type BuildingFacts, civilDayAt, findBuildingFacts, startOfCivilDay } from "@/lib/property";
import { firstDayOf, monthAfter, monthsBefore } from "../core/month";

/** A month of a building as stretches of its own days. */
export type Span = {
  readonly buildingId: string;
  readonly timeZone: string;
  readonly month: string;
  /** Civil days: the first, and the first of the month after. */
  readonly firstDay: string;
  readonly nextFirst: string;
  readonly from: Date;
  readonly to: Date;
  /** True of the month in progress. */
  readonly isSoFar: boolean;
  /** The first day that is not over, or that of the month after. */
  readonly firstOpenDay: string;
  /** The first days of the quarter and the half year that end with this month. */
  readonly quarterFirst: string;
  readonly halfYearFirst: string;
};

export type Asked = { readonly buildingId: string; readonly month: string; readonly now: Date };

/** Null for a building that the scope does not see, and for a month that has not begun there. */
export async function inSpan<T>(
  scope: OrgScope,
  asked: Asked,
  work: (tx: ScopedTx, span: Span) => Promise<T>,
): Promise<{ readonly building: BuildingFacts; readonly span: Span; readonly value: T } | null> {
  const building = await findBuildingFacts(scope, asked.buildingId);
  if (!building) return null;
  const span = spanOf(building, asked);
  if (span.from > asked.now) return null;
  const value = await inScope(scope, (tx) => work(tx, span));
  return { building, span, value };
}

function spanOf({ id, timeZone }: BuildingFacts, { month, now }: Asked): Span {
  const firstDay = firstDayOf(month);
  const nextFirst = firstDayOf(monthAfter(month));
  const today = civilDayAt(now, timeZone);
  const isSoFar = today < nextFirst;
  return {
    buildingId: id,
    timeZone,
    month,
    firstDay,
    nextFirst,
    from: startOfCivilDay(firstDay, timeZone),
    to: startOfCivilDay(nextFirst, timeZone),
    isSoFar,
    firstOpenDay: isSoFar ? today : nextFirst,
    quarterFirst: firstDayOf(monthsBefore(month, 2)),
    halfYearFirst: firstDayOf(monthsBefore(month, 5)),
  };
}
