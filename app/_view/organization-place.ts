import type { Scope } from "@/lib/access/shared";
import { listBuildings } from "@/lib/property";
import type { Place } from "./instants";

const NO_BUILDING: Place = { locale: "en", timeZone: "UTC" };

/** Where an organization is, for dates about the whole of it: at its first building. */
export async function organizationPlace(scope: Scope): Promise<Place> {
  const [place = NO_BUILDING] = await listBuildings(scope, { take: 1 });
  return place;
}
