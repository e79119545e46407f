import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asSuperuser, holdTable } from "@/prisma/seed/roles/superuser";
import { verifyJournals } from "@/prisma/seed/roles/verify-journals";
import {
  cutConnections,
  endOrphans,
  killNow,
  type Pids,
  pidsOf,
  until,
  untilBack,
  untilCaught,
} from "./installation";
import { blindInvariants, brokenInvariants } from "./invariants";
import { letADayPass, payUnheard, tell, type Unheard } from "./notices";
import { type Point, planOf, type Round, type Victim } from "./plan";
import { buyLikeAResident, leaveAtCheckout, tokenOn, type Visit } from "./resident";

// Real processes, killed with kill -9 while residents buy. Afterwards nothing is lost, doubled or
// forgotten, whatever died and when. `npm run test:crash -- --seed 7 --rounds 40` replays a seed.

const { SITE_URL = "", VOLTLET_RUN = "", DATABASE_URL_SUPERUSER = "" } = process.env;
const { VOLTLET_CRASH_SEED = "1", VOLTLET_CRASH_ROUNDS = "8" } = process.env;
const superuserUrl = DATABASE_URL_SUPERUSER;
const installation = { siteUrl: SITE_URL, run: VOLTLET_RUN, superuserUrl };
const METERS = 20;
const PATIENCE_MS = 45_000;
/** How long the sweep may take once everything runs again. */
const QUIET_MS = 10_000;
const ROUND_MS = 120_000;

const seed = Number(VOLTLET_CRASH_SEED);
const plan = planOf(seed, Number(VOLTLET_CRASH_ROUNDS), METERS);
const visits: Visit[] = [];
const tally = { kills: new Map<Victim, number>(), violations: 0, tokens: 0, slowestMs: 0 };
let meters: readonly string[];
let standing: Pids;

const SELLING = `SELECT m.meter_number AS "meterNumber" FROM meter m
  JOIN meter_installation i ON i.meter_id = m.id AND i.ends_at IS NULL
  JOIN occupancy o ON o.unit_id = i.unit_id AND o.ends_at IS NULL
  WHERE m.status = 'active' ORDER BY m.meter_number LIMIT ${METERS}`;

beforeAll(async () => {
  standing = await untilBack(installation);
  const rows = await asSuperuser(superuserUrl, (query) =>
    query<{ readonly meterNumber: string }>(SELLING),
  );
  meters = rows.map(({ meterNumber }) => meterNumber);
});

afterAll(() => {
  const kills = [...tally.kills].map(([victim, count]) => `${victim} ${count}`).join(", ");
  process.stdout.write(
    `crash: seed ${seed}, ${plan.length} rounds, kills: ${kills}, ${visits.length} sales, ` +
      `${tally.tokens} tokens, ${tally.violations} violations, quiet again after at most ` +
      `${Math.round(tally.slowestMs / 100) / 10} s\n`,
  );
});

async function kill(victim: Victim): Promise<void> {
  if (!(await killNow(installation, victim))) return;
  tally.kills.set(victim, (tally.kills.get(victim) ?? 0) + 1);
}

// What grows when somebody gets past the table that is held.
const PASSED: Readonly<Record<Point["table"], string>> = {
  meter_key_position: "SELECT count(*)::int AS count FROM token_reservation",
  journal_entry: "SELECT count(*)::int AS count FROM journal_entry",
  receipt_series: "SELECT sum(last_number)::int AS count FROM receipt_series",
};

async function countPassed({ table }: Point): Promise<number> {
  const rows = await asSuperuser(superuserUrl, (query) =>
    query<{ readonly count: number }>(PASSED[table]),
  );
  return rows[0]?.count ?? 0;
}

async function killAtPoint(point: Point): Promise<void> {
  const held = await holdTable(superuserUrl, point.table);
  const before = await countPassed(point);
  try {
    // The web comes first; only when it has died and left nothing behind does the worker take over.
    if (point.victim === "worker") {
      await killCaught({ ...point, victim: "web", orphan: "rolls back" });
    }
    await killCaught(point);
  } finally {
    await held.letGo();
  }
  // Sooner than anybody who is alive could have done it.
  const hasPassed = async () => ((await countPassed(point)) > before ? true : null);
  if (point.orphan === "commits") await until("what the dead asked for commits", 500, hasPassed);
}

async function killCaught(point: Point): Promise<void> {
  await untilCaught(installation, point);
  await kill(point.victim);
  if (point.orphan === "rolls back") await endOrphans(installation, point);
}

async function killInTime(kills: Round["kills"]): Promise<void> {
  await Promise.all(
    kills.map(async ({ victim, afterMs }) => {
      await delay(afterMs);
      await kill(victim);
    }),
  );
}

const ON_THE_WAY = `SELECT status AS what FROM purchase
    WHERE status IN ('paid', 'reserved', 'in_doubt')
  UNION ALL SELECT kind || ', tried ' || attempts || ' times' FROM outbox
  UNION ALL SELECT kind FROM due_work WHERE kind IN ('purchase.vend', 'payment.refund')`;

let onTheWay: readonly string[] = [];

async function isQuiet(): Promise<true | null> {
  const rows = await asSuperuser(superuserUrl, (query) =>
    query<{ readonly what: string }>(ON_THE_WAY),
  );
  onTheWay = rows.map(({ what }) => what);
  return onTheWay.length === 0 ? true : null;
}

async function untilQuiet(): Promise<void> {
  const from = Date.now();
  await until("everything paid is issued and audited", QUIET_MS, isQuiet).catch((error) => {
    throw new Error(`${error.message}; on the way: ${onTheWay.join("; ")}`);
  });
  tally.slowestMs = Math.max(tally.slowestMs, Date.now() - from);
}

const killedAt = ({ victim }: Point): readonly Victim[] =>
  victim === "worker" ? ["web", "worker"] : [victim];

/** Who is not the process of before although nobody killed it. */
function deadByThemselves(now: Pids, killed: readonly Victim[]): readonly string[] {
  const names = Object.keys(now) as Victim[];
  return names
    .filter((name) => !killed.includes(name) && now[name] !== standing[name])
    .map((name) => `${name} ended by itself`);
}

async function violations(): Promise<readonly string[]> {
  return asSuperuser(superuserUrl, async (query) => {
    const { faults } = await verifyJournals(query);
    return [...(await brokenInvariants(query)), ...faults];
  });
}

describe(`seed ${seed}`, () => {
  test.each(plan)("round $number: $name", { timeout: ROUND_MS }, async (round) => {
    const { point, kills, sales, cuts = 0 } = round;
    const killing = point ? killAtPoint(point) : killInTime(kills);
    const cutting = cutConnections(installation, cuts);
    const bought = sales.map(({ meter, amountText }) => {
      const meterNumber = meters[meter % meters.length] ?? "";
      return buyLikeAResident(SITE_URL, { meterNumber, amountText }, PATIENCE_MS);
    });
    await Promise.all([killing, cutting]);
    visits.push(...(await Promise.all(bought)));
    const pids = await untilBack(installation);
    await untilQuiet();
    const killed = point ? killedAt(point) : kills.map(({ victim }) => victim);
    const found = [...deadByThemselves(pids, killed), ...(await violations())];
    standing = await pidsOf(installation);
    tally.violations += found.length;
    expect(found).toEqual([]);
  });
});

// Who paid and was not heard of: some residents of different meters, and three of one.
async function unheard(): Promise<readonly Unheard[]> {
  const [first = "", ...others] = meters;
  const bought = [first, first, first, ...others.slice(0, 3)].map((meterNumber) =>
    leaveAtCheckout(SITE_URL, { meterNumber, amountText: "250" }, PATIENCE_MS),
  );
  const left = await Promise.all(bought);
  visits.push(...left);
  return asSuperuser(superuserUrl, async (query) => {
    const paid: Unheard[] = [];
    for (const { path } of left) paid.push(await payUnheard(query, path));
    return paid;
  });
}

/** As a provider does: until it was heard. */
async function tellUntilHeard(about: Unheard): Promise<void> {
  await until("a call is heard", PATIENCE_MS, async () =>
    (await tell(SITE_URL, about)) === 200 ? true : null,
  );
}

async function isWell(killed: readonly Victim[] = []): Promise<void> {
  const pids = await untilBack(installation);
  await untilQuiet();
  const found = [...deadByThemselves(pids, killed), ...(await violations())];
  standing = await pidsOf(installation);
  tally.violations += found.length;
  expect(found).toEqual([]);
}

describe("the provider's calls", () => {
  test("each made eight times at once, and again, while the web dies", async () => {
    const paid = await unheard();
    const calls = paid.flatMap((one) => Array.from({ length: 8 }, () => tell(SITE_URL, one)));
    await Promise.all([...calls, killInTime([{ victim: "web", afterMs: 60 }])]);
    await untilBack(installation);
    await Promise.all([...paid, ...paid].map(tellUntilHeard));
    await isWell(["web"]);
  }, 60_000);

  test("in the wrong order, and that it was declined before and after", async () => {
    const paid = await unheard();
    for (const one of paid.toReversed()) {
      expect(await tell(SITE_URL, one, "declined")).toBe(422);
      await tellUntilHeard(one);
      expect(await tell(SITE_URL, one, "declined")).toBe(422);
    }
    await isWell();
  }, 60_000);

  test("a day late, when nobody waits for them any more", async () => {
    const paid = await unheard();
    await asSuperuser(superuserUrl, async (query) => {
      for (const one of paid) await letADayPass(query, one);
    });
    await Promise.all([...paid, ...paid].map(tellUntilHeard));
    await isWell();
  }, 60_000);
});

describe("when it is over", () => {
  test("everybody who bought has the token that was shown, and nobody else has it", async () => {
    const slips: (Visit & { readonly now: string | null })[] = [];
    for (const visit of visits) {
      slips.push({ ...visit, now: visit.path && (await tokenOn(SITE_URL, visit.path)) });
    }
    tally.tokens = slips.filter(({ now }) => now !== null).length;
    const wrong = slips.filter(({ digits, now }) => now === null || (digits ?? now) !== now);
    expect(wrong).toEqual([]);
    expect(new Set(slips.map(({ now }) => now)).size).toBe(visits.length);
  }, 90_000);

  test("one form sent 200 times at once is one purchase, answered alike", async () => {
    const key = crypto.randomUUID();
    const [meter = ""] = meters;
    const since = new Date();
    const body = new URLSearchParams({ meter, choice: "other", amount: "500", key });
    const sent = await Promise.all(
      Array.from({ length: 200 }, () =>
        fetch(new URL("/buy", SITE_URL), { method: "POST", body, redirect: "manual" }),
      ),
    );
    const answers = sent.map((answer) => `${answer.status} ${answer.headers.get("location")}`);
    expect([...new Set(answers)]).toEqual([expect.stringMatching(/^303 \/t\//)]);
    const made = await asSuperuser(superuserUrl, (query) =>
      query(
        `SELECT p.id FROM purchase p JOIN meter m USING (organization_id)
          WHERE p.meter_id = m.id AND m.meter_number = $1 AND p.created_at >= $2`,
        [meter, since],
      ),
    );
    expect(made).toHaveLength(1);
  }, 60_000);

  test("no money stays with the provider unheard of, and no webhook unsent", async () => {
    const unheard = `SELECT c.id FROM practice_checkout c
        JOIN payment_attempt a ON a.organization_id = c.organization_id AND a.id = c.attempt_id
        JOIN purchase p ON p.organization_id = a.organization_id AND p.id = a.purchase_id
       WHERE c.status = 'paid' AND p.status IN ('awaiting_payment', 'expired', 'declined')
      UNION ALL SELECT subject_id FROM due_work WHERE kind = 'practice.callback'`;
    await until("the provider has been heard", 60_000, async () => {
      const rows = await asSuperuser(superuserUrl, (query) => query(unheard));
      return rows.length === 0 ? true : null;
    });
    expect(await violations()).toEqual([]);
  }, 90_000);

  test("a fault of each kind would have been found", async () => {
    const damaged = `UPDATE journal_entry SET meter_id = gen_random_uuid()
      WHERE hash = (SELECT hash FROM journal_entry WHERE sequence = 2 LIMIT 1)`;
    const found = await asSuperuser(superuserUrl, async (query) => {
      const blind = await blindInvariants(query);
      await query("BEGIN");
      await query(damaged);
      const { faults } = await verifyJournals(query);
      await query("ROLLBACK");
      return { blind, faults: faults.length };
    });
    expect(found).toEqual({ blind: [], faults: 1 });
  });
});
