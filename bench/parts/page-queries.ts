import { fork } from "node:child_process";
import { once } from "node:events";
import { loadBuildingNow } from "@/app/o/[org]/building-now";
import { findOrganization, findOrgScope } from "@/lib/access";
import { systemClock } from "@/lib/platform";
import { listSales } from "@/lib/vending";
import type { LargeBuilding } from "./large-building";

export type PageAddresses = { readonly web: string; readonly superuser: string };

const PAGES_A_ROUND = 8;
const ROUNDS = 5;

/** The whole of a building page's queries, as its route asks them; gives milliseconds. */
async function loadPage({ landlordId, buildingId }: LargeBuilding): Promise<number> {
  const start = performance.now();
  const now = systemClock.now();
  const person = { userId: landlordId, slug: "acacia" };
  const scope = await findOrgScope(person, "building:read", now);
  if (!scope) throw new Error("the organization is not found");
  const [, state] = await Promise.all([
    findOrganization(scope),
    loadBuildingNow(scope, buildingId, now),
    listSales(scope, { buildingId, take: 8 }),
  ]);
  if (state?.units.length !== 400) throw new Error("the building is not whole");
  return performance.now() - start;
}

/** A child's part: measures a round each time it is told to. */
export function answerRounds(place: LargeBuilding): void {
  process.on("message", async () => {
    const times: number[] = [];
    for (let page = 0; page < PAGES_A_ROUND; page++) times.push(await loadPage(place));
    process.send?.(times);
  });
  process.send?.([]);
}

async function startReader(databaseUrl: string, place: LargeBuilding) {
  const [, script = ""] = process.argv;
  const env = { ...process.env, DATABASE_URL_WEB: databaseUrl };
  const child = fork(script, ["--page", JSON.stringify(place)], { env });
  await once(child, "message");
  const round = async (): Promise<readonly number[]> => {
    child.send("go");
    const [times] = await once(child, "message");
    return times;
  };
  return { round, stop: () => child.kill() };
}

/**
 * The page's queries as the web's role, under every policy, and as a superuser, who is under none:
 * two processes, in turns, the first round of each not counted.
 */
export async function measurePages(
  place: LargeBuilding,
  urls: PageAddresses,
): Promise<{ readonly under: readonly number[]; readonly without: readonly number[] }> {
  const web = await startReader(urls.web, place);
  const superuser = await startReader(urls.superuser, place);
  await web.round();
  await superuser.round();
  const under: number[] = [];
  const without: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    under.push(...(await web.round()));
    without.push(...(await superuser.round()));
  }
  web.stop();
  superuser.stop();
  return { under, without };
}
