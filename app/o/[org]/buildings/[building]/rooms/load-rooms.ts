import type { OrgScope } from "@/lib/access/shared";
import { type Estimate, lightOf, listCredits } from "@/lib/metering";
import { type BuildingFacts, civilDayAt, listRooms } from "@/lib/property";
import { type PlaceNow, placesShown, type RoomNow, type RoomQuery } from "./rooms-query";

const UNKNOWN: Estimate = { basis: "unknown" };

export type RoomsNow = {
  readonly building: BuildingFacts;
  readonly rooms: readonly RoomNow[];
  readonly shown: readonly PlaceNow[];
  readonly estimates: ReadonlyMap<string, Estimate>;
};

/** What is let in a building, with each room's credit. Null for one that the scope does not see. */
export async function loadRooms(
  scope: OrgScope,
  asked: { readonly buildingId: string; readonly query: RoomQuery; readonly now: Date },
): Promise<RoomsNow | null> {
  const { buildingId, query, now } = asked;
  // The building first: an address may hold anything, and what is no id is asked of nobody else.
  const found = await listRooms(scope, buildingId, now);
  if (!found) return null;
  const credits = await listCredits(scope, { buildingId, now });
  const estimates = new Map([...credits].map(([unitId, { estimate }]) => [unitId, estimate]));
  const rooms = found.rooms.map((room) => {
    const estimate = estimates.get(room.id) ?? UNKNOWN;
    return { ...room, light: lightOf({ isVacant: room.isVacant, estimate }) };
  });
  const today = civilDayAt(now, found.building.timeZone);
  return {
    building: found.building,
    rooms,
    estimates,
    shown: placesShown(rooms, query, today),
  };
}
