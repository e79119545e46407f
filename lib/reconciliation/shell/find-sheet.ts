import type { OrgScope } from "@/lib/access/shared";
import type { BuildingFacts } from "@/lib/property";
import { type EnergySide, energySide, type MoneySide, moneySide } from "../core/figures";
import { findSigns, type Sign } from "../core/find-signs";
import { listBooked } from "./booked";
import { listPlaces, type Place } from "./places";
import { type Asked, inSpan, type Span } from "./span";

/** A building and month reconciled. */
export type Sheet = {
  readonly building: BuildingFacts;
  readonly span: Span;
  readonly places: readonly Place[];
  readonly energy: EnergySide;
  readonly money: MoneySide;
  readonly signs: readonly Sign[];
  /** Nothing was used, sold or booked. */
  readonly isEmpty: boolean;
};

/**
 * What was supplied, used, sold and paid in a building and a month, in three statements. Null for a
 * building that the scope does not see, and for a month that has not begun there.
 */
export async function findSheet(scope: OrgScope, asked: Asked): Promise<Sheet | null> {
  const found = await inSpan(scope, asked, async (tx, span) => ({
    places: await listPlaces(tx, span),
    sums: await listBooked(tx, span, { sums: true }),
  }));
  if (!found) return null;
  const { building, span } = found;
  const { places, sums } = found.value;
  const used = places.some((one) => one.measuredDays + one.estimatedDays + one.soldCount > 0);
  return {
    building,
    span,
    places,
    energy: energySide(places),
    money: moneySide(sums),
    signs: findSigns(places),
    isEmpty: sums.length === 0 && !used,
  };
}
