import type { Light } from "@/lib/metering";
import type { Place, Room } from "@/lib/property";
import { dayBefore } from "@/lib/property/shared";

export const ROOM_FILTERS = ["free", "leaving", "dark"] as const;
export type RoomFilter = (typeof ROOM_FILTERS)[number];

export type RoomQuery = {
  /** What somebody looks for in a room's label or a resident's name. */
  readonly text: string;
  readonly show: RoomFilter | null;
};

type Asked = Readonly<Record<string, string | string[] | null | undefined>>;

const LONGEST = 80;

/** The address bar's search; what is none of it is left out. */
export function readRoomQuery(asked: Asked): RoomQuery {
  const text = typeof asked.q === "string" ? asked.q.trim().slice(0, LONGEST) : "";
  return { text, show: ROOM_FILTERS.find((filter) => filter === asked.show) ?? null };
}

export function roomQueryText({ text, show }: RoomQuery): string {
  const query = new URLSearchParams();
  if (text) query.set("q", text);
  if (show) query.set("show", show);
  const written = query.toString();
  return written ? `?${written}` : "";
}

export type RoomNow = Room & { readonly light: Light };

/** One line of the list: a place, and the room it is in. */
export type PlaceNow = { readonly room: RoomNow; readonly place: Place };

const folded = (text: string) => text.normalize("NFKD").toLowerCase();

/** The places that a search finds, room by room in their order; a room's label finds all of it. */
export function placesShown(
  rooms: readonly RoomNow[],
  { text, show }: RoomQuery,
  today: string,
): readonly PlaceNow[] {
  const wanted = folded(text);
  const month = today.slice(0, 7);
  const isShown = ({ room, place }: PlaceNow) => {
    if (show === "free" && place.holder) return false;
    if (show === "leaving" && !isWithin(place.holder?.endsOn ?? null, month)) return false;
    if (show === "dark" && room.light !== "dark") return false;
    return true;
  };
  const isFound = ({ room, place }: PlaceNow) =>
    [room.label, place.holder?.residentName ?? "", place.next?.residentName ?? ""].some((name) =>
      folded(name).includes(wanted),
    );
  return rooms
    .flatMap((room) => room.places.map((place) => ({ room, place })))
    .filter((one) => isShown(one) && (wanted === "" || isFound(one)));
}

/** Whether the last day that is held is in a month; the end is the day after it. */
function isWithin(endsOn: string | null, month: string): boolean {
  return endsOn !== null && dayBefore(endsOn).slice(0, 7) === month;
}
