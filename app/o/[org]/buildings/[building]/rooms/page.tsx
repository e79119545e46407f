import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { RoomsPage } from "@/components/dormitory/rooms-page";
import { findOrganization } from "@/lib/access";
import { systemClock } from "@/lib/platform";
import { loadRooms } from "./load-rooms";
import { readRoomQuery } from "./rooms-query";
import { roomsView } from "./rooms-view";

type Props = {
  readonly params: Promise<{ readonly org: string; readonly building: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("rooms.title") };

/** A block by floors, rooms and beds: who holds which, until when, and what is free. */
export default async function RoomsRoute({ params, searchParams }: Props) {
  const { org, building: buildingId } = await params;
  const visit = await requireOrgScope(org, "building:read");
  const { scope } = visit;
  const now = systemClock.now();
  const query = readRoomQuery(await searchParams);
  const [organization, found] = await Promise.all([
    findOrganization(scope),
    loadRooms(scope, { buildingId, query, now }),
  ]);
  if (!found) notFound();
  const frame = await consoleFrame(visit, organization.name);
  const path = `/o/${org}/buildings/${buildingId}/rooms`;
  const view = roomsView(found, { org, path, query, scope, now, t: frame.t });
  return <RoomsPage frame={frame} view={view} />;
}
