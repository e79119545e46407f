import { LET_KINDS } from "@/lib/property/shared";
import { blame } from "./check-buildings";
import type { CheckedPlaces, Place } from "./check-units";
import type { Calendar, KnownProperty } from "./known-property";
import type { PlannedLease, PlannedOccupancy, Ref } from "./plan";
import type { Entry } from "./read-row";

type Context = {
  readonly places: CheckedPlaces;
  readonly known: KnownProperty;
  readonly calendar: Calendar;
};

/** Who holds a place from when to when; of the sheet, or on record without an entry. */
type Span = {
  readonly entry: Entry | null;
  readonly bed: string | null;
  readonly startsOn: string;
  readonly endsOn: string | null;
};

/**
 * Leases of the sheet: a unit or a bed is held once at a time, and a unit is let whole or by its
 * beds, among the rows and beside what is on record.
 */
export function checkLeases(
  entries: readonly Entry[],
  context: Context,
): { readonly leases: readonly PlannedLease[]; readonly occupancies: readonly PlannedOccupancy[] } {
  const { places, known } = context;
  const onRecord = Map.groupBy(known.leases, ({ unitId }) => unitId);
  const held = entries.filter((entry) => entry.lease && places.placeOf.has(entry));
  const byUnit = Map.groupBy(held, (entry) => places.placeOf.get(entry)?.unitKey);
  const occupancies: PlannedOccupancy[] = [];
  for (const rows of byUnit.values()) {
    const place = rows[0] && places.placeOf.get(rows[0]);
    if (!place) continue;
    const before: readonly Span[] =
      (place.known ? onRecord.get(place.known.id) : undefined)?.map(
        ({ bedId, startsOn, endsOn }) => ({ entry: null, bed: bedId, startsOn, endsOn }),
      ) ?? [];
    const spans = rows.flatMap((entry) => spanOf(entry, places.placeOf.get(entry)));
    noteOverlaps([...before, ...spans]);
    occupancies.push(...occupanciesOf([...before, ...spans], place, context.calendar));
  }
  const leases = held.flatMap((entry) => plannedOf(entry, places.placeOf.get(entry)));
  return { leases, occupancies };
}

const LET: readonly string[] = LET_KINDS;

function plannedOf(entry: Entry, place: Place | undefined): readonly PlannedLease[] {
  if (!place || !entry.lease) return [];
  if (!LET.includes(place.kind)) blame(entry, "resident", "not-let");
  const { unit, bed, building } = place;
  return [{ unit, bed, ...entry.lease, timeZone: building.timeZone }];
}

const bedKey = (bed: Ref | null) => (bed === null ? null : "id" in bed ? bed.id : bed.ref);

function spanOf(entry: Entry, place: Place | undefined): readonly Span[] {
  if (!place || !entry.lease) return [];
  const { startsOn, endsOn } = entry.lease;
  return [{ entry, bed: bedKey(place.bed), startsOn, endsOn }];
}

const byStart = (one: Span, other: Span) => (one.startsOn < other.startsOn ? -1 : 1);

/** The later of two that overlap is blamed, and never what is on record. */
function noteOverlaps(spans: readonly Span[]): void {
  let open: readonly Span[] = [];
  for (const span of spans.toSorted(byStart)) {
    open = open.filter(({ endsOn }) => endsOn === null || endsOn > span.startsOn);
    const same = open.find(({ bed }) => bed === span.bed);
    const other = same ?? open.find(({ bed }) => (bed === null) !== (span.bed === null));
    if (other) blameOverlap(span, other, same !== undefined);
    else open = [...open, span];
  }
}

function blameOverlap(span: Span, other: Span, isSame: boolean): void {
  const entry = span.entry ?? other.entry;
  if (!entry) return;
  const against = span.entry ? other.entry : null;
  if (!isSame) {
    blame(entry, "bed", "whole-and-beds", against ? { row: against.row } : {});
  } else if (against) {
    blame(entry, "leaseFrom", "overlap", { row: against.row });
  } else {
    blame(entry, "leaseFrom", "overlap-on-record");
  }
}

/** Leases that overlap in a unit share an occupancy; where it stood empty a new one begins. */
function occupanciesOf(
  spans: readonly Span[],
  place: Place,
  calendar: Calendar,
): readonly PlannedOccupancy[] {
  const merged: { startsOn: string; endsOn: string | null; isOnRecord: boolean }[] = [];
  for (const { startsOn, endsOn, entry } of spans.toSorted(byStart)) {
    const last = merged.at(-1);
    const isOnRecord = entry === null;
    if (last && (last.endsOn === null || last.endsOn > startsOn)) {
      if (last.endsOn !== null && (endsOn === null || endsOn > last.endsOn)) last.endsOn = endsOn;
      last.isOnRecord ||= isOnRecord;
    } else {
      merged.push({ startsOn, endsOn, isOnRecord });
    }
  }
  const { timeZone, currency } = place.building;
  return merged
    .filter(({ isOnRecord }) => !isOnRecord)
    .map(({ startsOn, endsOn }) => ({
      unit: place.unit,
      currency,
      startsAt: calendar.startOfDay(startsOn, timeZone),
      endsAt: endsOn === null ? null : calendar.startOfDay(endsOn, timeZone),
    }));
}
