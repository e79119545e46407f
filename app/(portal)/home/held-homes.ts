import type { ResidentScope } from "@/lib/access/shared";
import { type HeldUnit, listHeldUnits } from "@/lib/property";

/** A home, and the scope that sees it. */
export type Home = { readonly scope: ResidentScope; readonly unit: HeldUnit };

/** Every home of a resident: those whose lease runs first, also where several landlords let. */
export async function listHomes(
  scopes: readonly ResidentScope[],
  now: Date,
): Promise<readonly Home[]> {
  const perScope = scopes.map(async (scope) => {
    const units = await listHeldUnits(scope, now);
    return units.map((unit) => ({ scope, unit }));
  });
  const all = (await Promise.all(perScope)).flat();
  return [...all.filter(({ unit }) => !unit.hasEnded), ...all.filter(({ unit }) => unit.hasEnded)];
}

/** The home of a lease; null for a lease that this resident does not hold. */
export async function findHome(
  scopes: readonly ResidentScope[],
  leaseId: string,
  now: Date,
): Promise<Home | null> {
  const homes = await listHomes(scopes, now);
  return homes.find(({ unit }) => unit.leaseId === leaseId) ?? null;
}
