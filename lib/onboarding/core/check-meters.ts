import { blame } from "./check-buildings";
import type { CheckedPlaces, Place } from "./check-units";
import type { Calendar, KnownKey, KnownProperty } from "./known-property";
import type { PlannedMeter, PlannedReading } from "./plan";
import type { Entry } from "./read-row";

type Context = {
  readonly places: CheckedPlaces;
  readonly known: KnownProperty;
  readonly calendar: Calendar;
  readonly now: Date;
};

/** How far back there is room for readings (prisma/migrations: reading_partitions_make). */
const MOST_MONTHS_BACK = 24;

/** Meters of the sheet, each once, with the key they take tokens under and their first reading. */
export function checkMeters(entries: readonly Entry[], context: Context): readonly PlannedMeter[] {
  const { places, known } = context;
  const firstWith = new Map<string, Entry>();
  const prepaidAt = new Map<string, Entry>();
  return entries.flatMap((entry): readonly PlannedMeter[] => {
    const { meter } = entry;
    const place = places.placeOf.get(entry);
    if (!meter) return [];
    const first = firstWith.get(meter.number);
    firstWith.set(meter.number, first ?? entry);
    if (first) blame(entry, "meter", "meter-twice", { row: first.row });
    else if (known.ownMeters.has(meter.number)) blame(entry, "meter", "meter-on-record");
    else if (meter.isPrepaid && known.provedElsewhere.has(meter.number)) {
      blame(entry, "meter", "meter-elsewhere");
    }
    if (!place) return [];
    if (meter.isPrepaid) notePrepaid(entry, place, prepaidAt);
    const vendingKeyId = meter.isPrepaid ? keyOf(entry, known.keys) : null;
    const { number, resource } = meter;
    const tariffIndex = meter.isPrepaid ? meter.tariffIndex : null;
    const reading = readingOf(entry, place, context);
    return [{ unit: place.unit, number, resource, vendingKeyId, tariffIndex, reading }];
  });
}

/** Tokens for a unit go to one meter, or nobody would know into which to type them. */
function notePrepaid(entry: Entry, place: Place, prepaidAt: Map<string, Entry>): void {
  const first = prepaidAt.get(place.unitKey);
  prepaidAt.set(place.unitKey, first ?? entry);
  if (first) blame(entry, "meter", "two-prepaid", { row: first.row });
  else if (place.known?.isPrepaid) blame(entry, "meter", "prepaid-on-record");
}

/** "600727" is the newest key of the group, "600727/2" its second; without a word the only one. */
function keyOf(entry: Entry, keys: readonly KnownKey[]): string | null {
  const text = entry.cells.supplyGroup.replaceAll(" ", "");
  if (text === "") {
    const groups = new Set(keys.map(({ supplyGroupCode }) => supplyGroupCode));
    if (groups.size !== 1) {
      blame(entry, "supplyGroup", groups.size === 0 ? "no-key" : "which-key");
      return null;
    }
  }
  const [code = "", revision = ""] = text.split("/");
  const [newest] = keys
    .filter((key) => text === "" || key.supplyGroupCode === code.padStart(6, "0"))
    .filter((key) => revision === "" || key.keyRevisionNumber === Number(revision))
    .toSorted((one, other) => other.keyRevisionNumber - one.keyRevisionNumber);
  if (!newest) blame(entry, "supplyGroup", "unknown-key");
  return newest?.id ?? null;
}

function readingOf(entry: Entry, place: Place, context: Context): PlannedReading | null {
  const { reading } = entry;
  if (!reading) return null;
  const { quantity, value, readAt } = reading;
  if (readAt === null) return { quantity, value, at: null };
  const at = context.calendar.instantOf(readAt, place.building.timeZone);
  if (!at) blame(entry, "readAt", "not-a-day");
  else if (at > context.now) blame(entry, "readAt", "in-the-future");
  else if (at < monthsBefore(context.now, MOST_MONTHS_BACK)) blame(entry, "readAt", "too-long-ago");
  return { quantity, value, at };
}

const monthsBefore = (now: Date, months: number) =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
