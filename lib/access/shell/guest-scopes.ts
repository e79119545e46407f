import { prismaFor, runtimePool } from "@/lib/platform/databases";
import type { GuestScope } from "../core/scope";
import { made } from "./open-scopes";

/**
 * A guest who typed a meter number. Null for a number nobody has, and for one that is only claimed:
 * an unproved claim sells inside its organization alone.
 */
export async function findGuestScopeByMeter(meterNumber: string): Promise<GuestScope | null> {
  const entry = await prismaFor(runtimePool()).meterDirectory.findFirst({
    where: { meterNumber, state: "verified" },
    select: { belongsTo: true, meterId: true },
  });
  return entry && guestOfMeter(entry);
}

/** The scope of who knows a meter's number. */
export function guestOfMeter(entry: {
  readonly belongsTo: string;
  readonly meterId: string;
}): GuestScope {
  const { belongsTo: organizationId, meterId } = entry;
  return made<GuestScope>({ kind: "guest", organizationId, meterId, purchaseId: null });
}

/** A guest who holds a purchase's secret address, by its hash. Null for one that opens nothing. */
export async function findGuestScopeByAddress(secretHash: string): Promise<GuestScope | null> {
  const entry = await prismaFor(runtimePool()).purchaseDirectory.findUnique({
    where: { secretHash },
    select: { belongsTo: true, purchaseId: true },
  });
  if (!entry) return null;
  return made<GuestScope>({
    kind: "guest",
    organizationId: entry.belongsTo,
    meterId: null,
    purchaseId: entry.purchaseId,
  });
}
