import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  decideInstallationMode,
  findGuestScopeByMeter,
  findPracticeGuestScope,
  systemScope,
} from "@/lib/access";
import { newId } from "@/lib/platform";
import { webPool, workerPool } from "@/lib/platform/databases";
import type { MeterNumber } from "@/lib/sts";
import { type Flat, freshMeterNumber, makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { overruleInstallationMode } from "@/prisma/seed/roles/overrule-mode";
import {
  createMeter,
  createReadMeter,
  decideNumber,
  findMeter,
  listMeters,
  listNumberQueue,
  type MeterCursor,
  type MeterList,
  recordContested,
} from "..";

const NOW = new Date("2026-02-01T09:00:00Z");
const LATER = new Date("2026-02-02T09:00:00Z");

let first: Flat;
let second: Flat;
let meterNumber: MeterNumber;
beforeAll(() => decideInstallationMode("practice", NOW));
beforeEach(async () => {
  first = await makeFlat(NOW);
  second = await makeFlat(NOW);
  meterNumber = freshMeterNumber();
});

const claim = (
  { scope, vendingKeyId }: Flat,
  now = NOW,
  state: "claimed" | "verified" = "claimed",
) => createMeter(scope, { meterNumber, vendingKeyId, tariffIndex: 1, state, now });
const proofOf = async ({ scope }: Flat, meterId: string) =>
  (await findMeter(scope, meterId, LATER))?.proof;
const queue = async () =>
  (await listNumberQueue())
    .filter((each) => each.meterNumber === meterNumber)
    .map(({ organizationId, state }) => [organizationId, state]);
const decide = ({ scope }: Flat, reason = "saw the invoice") =>
  decideNumber({ meterNumber, organizationId: scope.organizationId, reason, now: LATER });
const idOf = ({ scope }: Flat) => scope.organizationId;

async function plannedFor(organizationId: string): Promise<readonly string[]> {
  const text = "SELECT kind FROM due_work WHERE organization_id = $1 AND kind LIKE 'meter%'";
  const { rows } = await workerPool().query<{ kind: string }>(text, [organizationId]);
  return rows.map(({ kind }) => kind);
}

describe("a claim", () => {
  it("on a number nobody has is claimed: no guest may buy for it", async () => {
    const meterId = granted(await claim(first));
    expect(await proofOf(first, meterId)).toBe("claimed");
    expect(await findGuestScopeByMeter(meterNumber)).toBeNull();
    expect(await queue()).toEqual([]);
    expect(await claim(first)).toEqual({ ok: false, error: "meter-number-taken" });
  });

  it("beside another unproved one contests both, and the other organization is told", async () => {
    const one = granted(await claim(first));
    const two = granted(await claim(second, LATER));
    expect([await proofOf(first, one), await proofOf(second, two)]).toEqual([
      "contested",
      "contested",
    ]);
    expect(await plannedFor(idOf(first))).toEqual(["meter.contested"]);
    expect(await plannedFor(idOf(second))).toEqual([]);
    expect(await queue()).toEqual([
      [idOf(first), "contested"],
      [idOf(second), "contested"],
    ]);
    expect(await findGuestScopeByMeter(meterNumber)).toBeNull();
  });

  it("contests every other one, however many come at the same moment", async () => {
    const flats = [first, second, await makeFlat(NOW), await makeFlat(NOW)];
    const meters = await Promise.all(flats.map(async (flat) => granted(await claim(flat))));
    const proofs = await Promise.all(
      flats.map((flat, index) => proofOf(flat, meters[index] ?? "")),
    );
    expect(proofs).toEqual(["contested", "contested", "contested", "contested"]);
  });

  it("twice by one organization at the same moment is one", async () => {
    const answers = await Promise.all([claim(first), claim(first), claim(first)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok)).toEqual([
      { ok: false, error: "meter-number-taken" },
      { ok: false, error: "meter-number-taken" },
    ]);
  });

  it("on a proved number is refused and goes on record; its owner is not harmed", async () => {
    const owned = granted(await claim(first, NOW, "verified"));
    for (let time = 0; time < 3; time += 1) {
      expect(await claim(second)).toEqual({ ok: false, error: "meter-number-proved-elsewhere" });
    }
    expect(await claim(second, NOW, "verified")).toMatchObject({ ok: false });
    expect(await proofOf(first, owned)).toBe("verified");
    expect(await findGuestScopeByMeter(meterNumber)).toMatchObject({ meterId: owned });
    expect(await plannedFor(idOf(first))).toEqual([]);
    expect(await queue()).toEqual([
      [idOf(first), "verified"],
      [idOf(second), "wished"],
    ]);
    expect((await listMeters(second.scope, { take: 50, now: LATER })).meters).toHaveLength(1);
  });

  it("under a vending key that is not one's own is refused", async () => {
    const meter = { meterNumber, tariffIndex: 1, state: "claimed", now: NOW } as const;
    for (const vendingKeyId of [second.vendingKeyId, newId(), "x"]) {
      const answer = await createMeter(first.scope, { ...meter, vendingKeyId });
      expect(answer).toEqual({ ok: false, error: "vending-key-not-found" });
    }
  });

  it("is not proved by saying so in a production installation", async () => {
    await overruleInstallationMode("production");
    try {
      await expect(claim(first, NOW, "verified")).rejects.toThrow("by saying so");
      expect(await claim(first)).toMatchObject({ ok: true });
    } finally {
      await overruleInstallationMode("practice");
    }
  });

  it("cannot be written or changed by the web past the functions", async () => {
    granted(await claim(first));
    const insert = `INSERT INTO meter_directory VALUES ($1, $2, $2, 'verified', now())`;
    const update = `UPDATE meter_directory SET state = 'verified' WHERE meter_number = $1
      AND belongs_to = $2`;
    for (const text of [insert, update]) {
      await expect(webPool().query(text, [meterNumber, idOf(second)])).rejects.toThrow(
        "permission denied",
      );
    }
    const decision = { meterNumber, now: NOW };
    for (const name of ["meter_decide", "meter_verify", "contest_others"]) {
      const args = name === "meter_decide" ? "$1::uuid, $2::jsonb" : "$1::uuid, $2::text, now()";
      const text = `SELECT ${name}(${args})`;
      const values = [idOf(first), JSON.stringify(decision)];
      await expect(webPool().query(text, values)).rejects.toThrow("permission denied");
    }
  });
});

describe("the operator's word", () => {
  it("proves one of two contested claims, freezes the other, and keeps its reason", async () => {
    const one = granted(await claim(first));
    const two = granted(await claim(second));
    expect(await decide(second)).toEqual({ ok: true, value: "verified" });
    expect(await proofOf(first, one)).toBe("contested");
    expect(await findMeter(first.scope, one, LATER)).toMatchObject({ isProvedElsewhere: true });
    expect(await proofOf(second, two)).toBe("verified");
    expect(await findGuestScopeByMeter(meterNumber)).toMatchObject({ meterId: two });
    expect(await queue()).toEqual([]);
    expect(await auditOf(second)).toContain("the operator decided: saw the invoice");
    expect(await decide(second)).toEqual({ ok: false, error: "already-verified" });
  });

  it("for who only wished freezes the owner's, and proves it when it is registered", async () => {
    const owned = granted(await claim(first, NOW, "verified"));
    await claim(second);
    expect(await decide(second)).toEqual({ ok: true, value: "granted" });
    expect(await proofOf(first, owned)).toBe("contested");
    expect(await findGuestScopeByMeter(meterNumber)).toBeNull();
    const meterId = granted(await claim(second, LATER));
    expect(await proofOf(second, meterId)).toBe("verified");
    expect(await proofOf(first, owned)).toBe("contested");
    expect(await queue()).toEqual([]);
  });

  it("for the owner answers the wishes of others", async () => {
    granted(await claim(first, NOW, "verified"));
    await claim(second);
    expect(await decide(first)).toEqual({ ok: false, error: "already-verified" });
    expect(await queue()).toEqual([]);
  });

  it("for who neither claims nor wished changes nothing", async () => {
    const owned = granted(await claim(first));
    expect(await decide(second)).toEqual({ ok: false, error: "nothing-claimed" });
    expect(await decide({ ...second, scope: systemScope(newId(), "test") })).toMatchObject({
      ok: false,
    });
    expect(await proofOf(first, owned)).toBe("claimed");
  });

  it("leaves no right behind with the owner of the database", async () => {
    await listNumberQueue();
    const { rows } = await webPool().query(
      `SELECT 1 FROM pg_auth_members WHERE set_option
        AND roleid IN ('voltlet_vend'::regrole, 'voltlet_web'::regrole) AND member NOT IN
          (SELECT oid FROM pg_roles WHERE rolname LIKE '%\\_web%')`,
    );
    expect(rows).toEqual([]);
  });
});

describe("a page of meters", () => {
  it("has what needs a person first, filters, and counts", async () => {
    const contested = granted(await claim(first));
    await claim(second);
    const { scope, vendingKeyId, meterId } = first;
    const meter = { vendingKeyId, tariffIndex: 1, state: "claimed", now: NOW } as const;
    const claimed = granted(
      await createMeter(scope, { ...meter, meterNumber: freshMeterNumber() }),
    );
    const { meters, counts } = await listMeters(scope, { take: 50, now: LATER });
    expect(meters.map(({ id }) => id)).toEqual([contested, claimed, meterId]);
    expect(counts).toEqual({ contested: 1, claimed: 1, verified: 1, archived: 0 });
    const only = await listMeters(scope, { proof: "claimed", take: 50, now: LATER });
    expect(only.meters.map(({ id }) => id)).toEqual([claimed]);
    expect(only.counts).toEqual(counts);
  });

  it("goes on after the last meter of a page, and finds a number by how it begins", async () => {
    granted(await claim(first));
    const { scope, vendingKeyId } = first;
    const meter = { vendingKeyId, tariffIndex: 1, state: "claimed", now: NOW } as const;
    for (let number = 0; number < 3; number += 1) {
      granted(await createMeter(scope, { ...meter, meterNumber: freshMeterNumber() }));
    }
    for (const printed of ["W-17", "G 4/2", "ZZ"]) {
      granted(await createReadMeter(scope, { meterNumber: printed, resource: "water", now: NOW }));
    }
    const all = (await listMeters(scope, { take: 50, now: LATER })).meters;
    expect(all).toHaveLength(8);
    const here = { role: "manager", now: NOW, buildingIds: [first.buildingId] } as const;
    for (const who of [scope, await makeMember(scope.organizationId, here)]) {
      const whole = (await listMeters(who, { take: 50, now: LATER })).meters;
      let after: MeterCursor | null = null;
      const walked: string[] = [];
      for (let page = 0; page <= whole.length; page += 1) {
        const { meters }: MeterList = await listMeters(who, { after, take: 1, now: LATER });
        const one = meters[0];
        if (!one) break;
        walked.push(one.id);
        after = { proof: one.proof, meterNumber: one.meterNumber };
      }
      expect(walked).toEqual(whole.map(({ id }) => id));
    }
    const [, second] = all;
    const number = second?.meterNumber ?? "";
    const found = await listMeters(scope, { number, take: 50, now: LATER });
    expect(found.meters.map(({ meterNumber }) => meterNumber)).toEqual([number]);
  });

  it("shows another organization's nothing, and a limited role its buildings' alone", async () => {
    const claimed = granted(await claim(first));
    const { organizationId } = first.scope;
    const role = { role: "manager", now: NOW } as const;
    const here = await makeMember(organizationId, { ...role, buildingIds: [first.buildingId] });
    const nowhere = await makeMember(organizationId, { ...role, buildingIds: [] });
    const seen = async (scope: typeof here) =>
      (await listMeters(scope, { take: 50, now: LATER })).meters.map(({ id }) => id);
    expect(await seen(here)).toEqual([first.meterId]);
    expect(await seen(nowhere)).toEqual([]);
    expect(await findMeter(here, claimed, LATER)).toBeNull();
    expect(await findMeter(second.scope, claimed, LATER)).toBeNull();
    expect(await findMeter(first.scope, "1", LATER)).toBeNull();
  });

  it("a keypad of several claims is the first one's, or the proved one's", async () => {
    const one = granted(await claim(first));
    const two = granted(await claim(second, LATER));
    const atTheWall = async () => (await findPracticeGuestScope(meterNumber))?.meterId ?? null;
    expect(await atTheWall()).toBe(one);
    await decide(second);
    expect(await atTheWall()).toBe(two);
  });
});

it("being told is an entry of the organization's own trail", async () => {
  const meterId = granted(await claim(first));
  await recordContested(systemScope(idOf(first), "test"), meterId, NOW);
  await recordContested(systemScope(idOf(second), "test"), meterId, NOW);
  expect(await auditOf(first)).toContain("meter.contested");
  expect(await auditOf(second)).not.toContain("meter.contested");
});

async function auditOf({ scope }: Flat): Promise<string> {
  const { organizationId } = scope;
  const client = await workerPool().connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT set_config('voltlet.organization_id', $1, true)", [organizationId]);
    const { rows } = await client.query("SELECT action, detail FROM audit_entry");
    await client.query("COMMIT");
    return JSON.stringify(rows);
  } finally {
    client.release();
  }
}
