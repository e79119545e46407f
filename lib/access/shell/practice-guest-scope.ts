import { prismaFor, runtimePool } from "@/lib/platform/databases";
import type { GuestScope } from "../core/scope";
import { guestOfMeter } from "./guest-scopes";
import { isPracticeInstallation } from "./installation-mode";

/**
 * Somebody who stands before a practice meter, also one that is not proved yet: its test token is
 * typed here. Of several claims it is the first one's meter that hangs on the wall. Null in a
 * production installation.
 */
export async function findPracticeGuestScope(meterNumber: string): Promise<GuestScope | null> {
  if (!(await isPracticeInstallation())) return null;
  const entries = await prismaFor(runtimePool()).meterDirectory.findMany({
    where: { meterNumber },
    select: { belongsTo: true, meterId: true, state: true },
    orderBy: { claimedAt: "asc" },
    take: 50,
  });
  const entry = entries.find(({ state }) => state === "verified") ?? entries[0];
  return entry ? guestOfMeter(entry) : null;
}
