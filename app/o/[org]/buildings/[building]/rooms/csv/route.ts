import { notFound } from "next/navigation";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { csvAnswer } from "@/app/_view/csv-answer";
import { formatDecimal } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { loadRooms } from "../load-rooms";
import { readRoomQuery } from "../rooms-query";

type Context = { readonly params: Promise<{ readonly org: string; readonly building: string }> };

const HEAD = [
  ...["floor", "room", "bed", "resident", "since", "first_day_free", "next_resident"],
  ...["next_from", "light", "remaining_kwh", "days_left"],
];

/** What the list of rooms shows, as CSV: the same places, found by the same search. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org, building: buildingId } = await params;
  const { scope } = await requireOrgScope(org, "building:read");
  const asked = new URL(request.url).searchParams;
  const query = readRoomQuery({ q: asked.get("q"), show: asked.get("show") });
  const now = systemClock.now();
  const found = await loadRooms(scope, { buildingId, query, now });
  if (!found) notFound();
  const rows = found.shown.map(({ room, place }) => {
    const estimate = found.estimates.get(room.id);
    const isKnown = estimate && estimate.basis !== "unknown" && !room.isVacant ? estimate : null;
    return [
      String(room.floor),
      room.label,
      place.bedId === null ? "" : place.label,
      place.holder?.residentName ?? "",
      place.holder?.startsOn ?? "",
      place.holder?.endsOn ?? "",
      place.next?.residentName ?? "",
      place.next?.startsOn ?? "",
      room.light,
      isKnown ? formatDecimal({ digits: isKnown.remainingWh, scale: 3 }) : "",
      isKnown && isKnown.dailyUseWh > 0n ? String(isKnown.daysLeft) : "",
    ];
  });
  return csvAnswer("rooms.csv", [HEAD, ...rows]);
}
