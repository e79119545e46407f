import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { asSuperuser } from "@/prisma/seed/roles/superuser";
import type { Point, Victim } from "./plan";

/** Where the running installation stands, and as whom the test looks into its database. */
export type Installation = {
  readonly siteUrl: string;
  readonly run: string;
  readonly superuserUrl: string;
};

const PROCESSES: readonly Victim[] = ["web", "worker", "signer", "postgres"];
const BACK_TIMEOUT_MS = 30_000;
const CAUGHT_TIMEOUT_MS = 20_000;
const LOOK_AGAIN_MS = 25;

export type Pids = Readonly<Record<Victim, number | null>>;

/** The process ids at this moment; null for a process that has ended and is not back yet. */
export async function pidsOf({ run }: Installation): Promise<Pids> {
  const found = PROCESSES.map(async (name) => {
    const text = await readFile(path.join(run, `${name}.pid`), "utf8").catch(() => "");
    const pid = Number(text.split("\n")[0]);
    return [name, pid > 0 && isAlive(pid) ? pid : null] as const;
  });
  return Object.fromEntries(await Promise.all(found)) as Pids;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * kill -9, of the one process that the installation says it is; over when nobody takes it for alive
 * any more. False when it was down already.
 */
export async function killNow(installation: Installation, victim: Victim): Promise<boolean> {
  const pid = (await pidsOf(installation))[victim];
  if (pid === null) return false;
  process.kill(pid, "SIGKILL");
  await until(`the ${victim} is gone`, BACK_TIMEOUT_MS, async () =>
    (await pidsOf(installation))[victim] === pid ? null : true,
  );
  return true;
}

/** Waits until every process runs and the pages say that they reach what they need. */
export async function untilBack(installation: Installation): Promise<Pids> {
  return until("the installation is back", BACK_TIMEOUT_MS, async () => {
    const pids = await pidsOf(installation);
    if (PROCESSES.some((name) => pids[name] === null)) return null;
    return (await isReady(installation.siteUrl)) ? pids : null;
  });
}

function isReady(siteUrl: string): Promise<boolean> {
  const asked = fetch(new URL("/readyz", siteUrl), { signal: AbortSignal.timeout(3_000) });
  return asked.then(
    (answer) => answer.ok,
    () => false,
  );
}

const CAUGHT = `SELECT DISTINCT a.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
  WHERE NOT l.granted AND l.relation = $1::regclass AND a.application_name = $2`;

/** The database's ends of connections on which a process waits to write to the table. */
export async function caughtAt(
  { superuserUrl }: Installation,
  { table, victim }: Point,
): Promise<readonly number[]> {
  return asSuperuser(superuserUrl, async (query) => {
    const rows = await query<{ readonly pid: number }>(CAUGHT, [table, `voltlet ${victim}`]);
    return rows.map(({ pid }) => pid);
  });
}

/** Waits until the process has come to the point. */
export async function untilCaught(installation: Installation, point: Point): Promise<void> {
  await until(`the ${point.victim} waits for ${point.table}`, CAUGHT_TIMEOUT_MS, async () =>
    (await caughtAt(installation, point)).length > 0 ? true : null,
  );
}

/** Rolls back what the dead process still had the database do. */
export async function endOrphans(installation: Installation, point: Point): Promise<void> {
  const pids = await caughtAt(installation, point);
  await asSuperuser(installation.superuserUrl, async (query) => {
    for (const pid of pids) await query("SELECT pg_terminate_backend($1, 5000)", [pid]);
  });
}

const CUT_AGAIN_MS = 30;
const AT_WORK = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE application_name IN ('voltlet web', 'voltlet worker', 'voltlet signer')
    AND (state <> 'idle' OR state_change > now() - interval '30 milliseconds')`;

/** Cuts off whoever talks with the database at the moment, or has just heard from it. */
export async function cutConnections({ superuserUrl }: Installation, times: number): Promise<void> {
  await asSuperuser(superuserUrl, async (query) => {
    for (let turn = 0; turn < times; turn += 1) {
      await query(AT_WORK);
      await delay(CUT_AGAIN_MS);
    }
  });
}

/** Looks again and again until there is something; throws, naming it, when it is too late. */
export async function until<T>(
  what: string,
  timeoutMs: number,
  look: () => Promise<T | null>,
): Promise<T> {
  for (const end = Date.now() + timeoutMs; ; await delay(LOOK_AGAIN_MS)) {
    const found = await look().catch(() => null);
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${timeoutMs / 1_000} s`);
  }
}
