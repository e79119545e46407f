import { civilDayText, lastDayText } from "@/app/_view/civil-days";
import { creditText, daysLeftText } from "@/app/_view/credit-texts";
import { formatDay } from "@/app/_view/instants";
import type { PlaceView, RoomView } from "@/components/dormitory/room-card";
import type { RoomsPageView } from "@/components/dormitory/rooms-page";
import type { MessageKey, Translate } from "@/components/ui/translate";
import type { OrgScope } from "@/lib/access/shared";
import { civilDayAt, type Place } from "@/lib/property";
import type { RoomsNow } from "./load-rooms";
import {
  type PlaceNow,
  ROOM_FILTERS,
  type RoomFilter,
  type RoomNow,
  type RoomQuery,
  roomQueryText,
} from "./rooms-query";

type Context = {
  readonly org: string;
  readonly path: string;
  readonly query: RoomQuery;
  readonly scope: OrgScope;
  readonly now: Date;
  readonly t: Translate;
};

const FILTER_KEYS = {
  free: "rooms.free",
  leaving: "rooms.leaving",
  dark: "rooms.dark",
} as const satisfies Record<RoomFilter, MessageKey>;

/** A block by floors, rooms and places. */
export function roomsView(found: RoomsNow, context: Context): RoomsPageView {
  const { building, rooms, shown } = found;
  const { org, path, query, scope, now, t } = context;
  const all = rooms.flatMap(({ places }) => places);
  const counts = {
    rooms: rooms.length,
    places: all.length,
    free: all.filter(({ holder }) => holder === null).length,
  };
  const home = `/o/${org}/buildings/${building.id}`;
  const mayReconcile = scope.permissions.includes("reconciliation:read");
  const byFloor = Map.groupBy(shown, ({ room }) => room.floor);
  return {
    building: { name: building.name, href: home },
    path,
    query: { text: query.text, show: query.show },
    filters: ROOM_FILTERS.map((value) => ({ value, label: t(FILTER_KEYS[value]) })),
    countsText: t("rooms.counts", counts),
    shownText: t("rooms.shown", { shown: shown.length, count: all.length }),
    isEmpty: rooms.length === 0,
    isFiltered: query.text !== "" || query.show !== null,
    hasBeds: rooms.some(({ bedCount }) => bedCount > 0),
    csvHref: `${path}/csv${roomQueryText(query)}`,
    reconciliationHref: mayReconcile ? `${home}/reconciliation` : null,
    printedText: t("rooms.printed", { day: formatDay(now, building, now) }),
    floors: [...byFloor].map(([floor, places]) => ({
      key: String(floor),
      label: floor === 0 ? t("rooms.ground") : t("rooms.floor", { floor }),
      rooms: roomsOf(places, found, context),
    })),
  };
}

function roomsOf(
  places: readonly PlaceNow[],
  found: RoomsNow,
  context: Context,
): readonly RoomView[] {
  const byRoom = Map.groupBy(places, ({ room }) => room);
  return [...byRoom].map(([room, shown]) => ({
    roomId: room.id,
    label: room.label,
    href: `/o/${context.org}/units/${room.id}`,
    light: room.light,
    creditText: creditTextOf(room, found, context),
    places: shown.map(({ place }) => placeView(place, found, context)),
  }));
}

/** "31.2 kWh left, estimated, about 6 days", or why there is no figure. */
export function creditTextOf(
  room: RoomNow,
  { building, estimates }: RoomsNow,
  { t }: Pick<Context, "t">,
): string {
  if (room.meterNumber === null) return t("rooms.noMeter");
  if (room.isVacant) return t("light.vacant");
  const estimate = estimates.get(room.id) ?? { basis: "unknown" as const };
  return [creditText(estimate, building.locale, t), daysLeftText(estimate, t)]
    .filter(Boolean)
    .join(", ");
}

function placeView(place: Place, found: RoomsNow, { now, t }: Context): PlaceView {
  const { building } = found;
  const { bedId, label, holder, next } = place;
  const today = civilDayAt(now, building.timeZone);
  return {
    key: bedId ?? "whole",
    label: bedId === null ? t("rooms.whole") : label,
    isBed: bedId !== null,
    residentName: holder?.residentName ?? null,
    untilText: holder?.endsOn
      ? t("rooms.untilDay", { day: lastDayText(holder.endsOn, building, now) })
      : null,
    nextText:
      next && next.startsOn > today
        ? t("rooms.nextOn", {
            name: next.residentName,
            day: civilDayText(next.startsOn, building, now),
          })
        : null,
  };
}
