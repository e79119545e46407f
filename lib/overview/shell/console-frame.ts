import { z } from "zod";
import { callScoped, listStaffEntries } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";

/** What stands around every page of the console. */
export type FrameFacts = {
  /** Of the organization that is looked at. */
  readonly name: string;
  /** Where the person is staff at this moment, by name. */
  readonly places: readonly { readonly slug: string; readonly name: string }[];
  /** Who looks on as support at this moment, and until when: every member may know. */
  readonly support: readonly { readonly userId: string; readonly endsAt: Date }[];
  /** Readings that wait for a person; none for a role that may not decide them. */
  readonly waiting: number;
};

const answered = z.object({
  name: z.string(),
  places: z.array(z.object({ organizationId: z.uuid(), name: z.string() })),
  support: z.array(z.object({ userId: z.uuid(), endsAt: z.coerce.date() })),
  waiting: z.number().int(),
});

/**
 * The frame by one statement, however many organizations the person works for. The directory is
 * asked first and the membership decides: who left finds nothing there.
 */
export async function findConsoleFrame(scope: OrgScope, now: Date): Promise<FrameFacts> {
  const { userId, buildingIds, permissions } = scope;
  const entries = await listStaffEntries(userId);
  const answer = await callScoped(scope, "console_frame", {
    now: now.toISOString(),
    userId,
    places: entries.map(({ organizationId }) => organizationId),
    countsReadings: permissions.includes("reading:write"),
    buildingIds,
  });
  const { places, ...frame } = answered.parse(answer);
  const names = new Map(places.map(({ organizationId, name }) => [organizationId, name]));
  const open = entries.flatMap(({ slug, organizationId }) => {
    const name = names.get(organizationId);
    return name === undefined ? [] : [{ slug, name }];
  });
  return { ...frame, places: open.toSorted((a, b) => a.name.localeCompare(b.name, "en")) };
}
