import { Client } from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { newId, testEnv } from "@/lib/platform";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { APPROVAL_KINDS, APPROVAL_STATES } from "../core/approval-kinds";
import type { OrgScope } from "../core/scope";
import { decideApproval, takeApproval } from "./approval-decisions";
import { listApprovals } from "./approval-queue";
import { editApproval, type NewApproval, requestApproval, withdrawApproval } from "./approvals";
import { inScope } from "./in-scope";

const NOW = new Date("2026-06-01T08:30:00Z");
const afterHours = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const refusal = (code: string) => ({ ok: false, error: { code } });

let flat: Flat;
let asker: OrgScope;
let second: OrgScope;
let stranger: OrgScope;

beforeAll(async () => {
  flat = await makeFlat(NOW);
  const other = await makeFlat(NOW);
  asker = await makeMember(flat.scope.organizationId, { role: "manager", now: NOW });
  second = await makeMember(flat.scope.organizationId, { role: "administrator", now: NOW });
  stranger = await makeMember(other.scope.organizationId, { role: "administrator", now: NOW });
});

const staff = (role: OrgScope["role"], buildingIds?: readonly string[]) =>
  makeMember(flat.scope.organizationId, {
    role,
    now: NOW,
    ...(buildingIds ? { buildingIds } : {}),
  });

const REQUEST = { energyWh: "5000", meterId: "m" };
function ask(change: Partial<NewApproval> = {}, scope = asker): Promise<string> {
  return inScope(scope, (tx) =>
    requestApproval(tx, {
      kind: "free-issue",
      subjectKind: "meter",
      subjectId: flat.meterId,
      buildingId: flat.buildingId,
      request: REQUEST,
      reason: "the old meter broke",
      now: NOW,
      ...change,
    }),
  );
}

async function hashOf(approvalId: string): Promise<string> {
  const { organizationId } = asker;
  const row = await inScope(asker, (tx) =>
    tx.db.approvalRequest.findUniqueOrThrow({
      where: { organizationId_id: { organizationId, id: approvalId } },
      select: { requestHash: true },
    }),
  );
  return Buffer.from(row.requestHash).toString("hex");
}

async function decide(
  approvalId: string,
  change: { scope?: OrgScope; isApproved?: boolean; now?: Date; requestHash?: string } = {},
) {
  const { scope = second, isApproved = true, now = NOW } = change;
  const requestHash = change.requestHash ?? (await hashOf(approvalId));
  return decideApproval(scope, { approvalId, requestHash, isApproved, now });
}

const use = (approvalId: string, change: Partial<Parameters<typeof takeApproval>[1]> = {}) =>
  inScope(asker, (tx) =>
    takeApproval(tx, {
      approvalId,
      kind: "free-issue",
      subjectId: flat.meterId,
      request: REQUEST,
      now: NOW,
      ...change,
    }),
  );

async function approved(change: Partial<NewApproval> = {}): Promise<string> {
  const id = await ask(change);
  granted(await decide(id));
  return id;
}

const stateOf = async (id: string) => {
  const { organizationId } = asker;
  const where = { organizationId_id: { organizationId, id } };
  return (await inScope(asker, (tx) => tx.db.approvalRequest.findUniqueOrThrow({ where }))).state;
};

/** A statement as the web's role, past this room's code. */
async function asWeb(text: string, values: readonly unknown[]): Promise<void> {
  const client = new Client(testEnv().DATABASE_URL_WEB);
  await client.connect();
  try {
    const { organizationId } = asker;
    await client.query("SELECT set_config('voltlet.organization_id', $1, false)", [organizationId]);
    await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}

describe("a request for a second person", () => {
  it("is approved by somebody else and used once, for what was approved", async () => {
    const id = await approved();
    expect(await use(id)).toMatchObject({ ok: true, value: { id, decidedBy: second.userId } });
    expect(await stateOf(id)).toBe("used");
    expect(await use(id)).toEqual(refusal("not-approved"));
  });

  it("is used by one of eight who come at once", async () => {
    const id = await approved();
    const answers = await Promise.all(Array.from({ length: 8 }, () => use(id)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("is decided by one of eight who come at once, and carried out once", async () => {
    const id = await ask();
    const requestHash = await hashOf(id);
    let carried = 0;
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        decideApproval(
          second,
          { approvalId: id, requestHash, isApproved: index % 2 === 0, now: NOW },
          async () => {
            carried += 1;
          },
        ),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(carried).toBe((await stateOf(id)) === "approved" ? 1 : 0);
  });

  it("stays as it was when carrying it out fails", async () => {
    const id = await ask();
    const decision = { approvalId: id, requestHash: await hashOf(id), isApproved: true, now: NOW };
    const fail = async () => {
      throw new Error("no");
    };
    await expect(decideApproval(second, decision, fail)).rejects.toThrow("no");
    expect(await stateOf(id)).toBe("waiting");
  });

  it("is not approved by who asked, nor does the database let it pass", async () => {
    const id = await ask();
    expect(await decide(id, { scope: asker })).toEqual(refusal("own-request"));
    const text = `UPDATE approval_request SET state = 'approved', decided_by = requested_by,
      decided_at = $2 WHERE id = $1`;
    await expect(asWeb(text, [id, NOW])).rejects.toThrow("approval_request_second_person");
    const without = "UPDATE approval_request SET state = 'approved' WHERE id = $1";
    await expect(asWeb(without, [id])).rejects.toThrow("approval_request_decided_whole");
    expect(await stateOf(id)).toBe("waiting");
  });

  it("is not approved by what was read before an edit, and is by what is read now", async () => {
    const id = await ask();
    const before = await hashOf(id);
    const edit = { approvalId: id, request: { ...REQUEST, energyWh: "9000" }, reason: "more" };
    granted(await editApproval(asker, { ...edit, now: NOW }));
    expect(await decide(id, { requestHash: before })).toEqual(refusal("edited"));
    expect(await decide(id)).toMatchObject({ ok: true });
    expect(await use(id)).toEqual(refusal("other-request"));
    expect(await use(id, { request: edit.request })).toMatchObject({ ok: true });
  });

  it("cannot be edited once it is decided, nor by anybody but who asked", async () => {
    const id = await ask();
    const edit = { approvalId: id, request: REQUEST, reason: "else", now: NOW };
    expect(await editApproval(second, edit)).toEqual(refusal("not-found"));
    granted(await decide(id));
    expect(await editApproval(asker, edit)).toEqual(refusal("already-decided"));
  });

  it("whose row was changed past its hash is neither approved nor used", async () => {
    const changed = `UPDATE approval_request SET request = '{"meterId":"m","energyWh":"9000"}'
      WHERE id = $1`;
    const waiting = await ask();
    const requestHash = await hashOf(waiting);
    await asWeb(changed, [waiting]);
    await expect(decide(waiting, { requestHash })).rejects.toThrow("what its hash says");
    const ready = await approved();
    await asWeb(changed, [ready]);
    await expect(use(ready, { request: { ...REQUEST, energyWh: "9000" } })).rejects.toThrow();
  });

  it("is over after its hours: neither decided nor used then", async () => {
    const { validHours } = APPROVAL_KINDS["free-issue"];
    const late = await ask();
    const lastMoment = new Date(afterHours(validHours).getTime() - 1);
    expect(await decide(late, { now: afterHours(validHours) })).toEqual(refusal("expired"));
    expect(await decide(late, { now: lastMoment })).toMatchObject({ ok: true });
    expect(await use(late, { now: afterHours(validHours) })).toEqual(refusal("expired"));
    expect(await stateOf(late)).toBe("approved");
  });

  it("is taken back by who asked, and by nobody else; then it is over", async () => {
    const id = await ask();
    expect(await withdrawApproval(second, id, NOW)).toEqual(refusal("not-found"));
    granted(await withdrawApproval(asker, id, NOW));
    expect(await withdrawApproval(asker, id, NOW)).toEqual(refusal("already-decided"));
    expect(await decide(id)).toEqual(refusal("already-decided"));
    expect(await use(id)).toEqual(refusal("not-approved"));
  });

  it("once declined stays declined", async () => {
    const id = await ask();
    granted(await decide(id, { isApproved: false }));
    expect(await decide(id)).toEqual(refusal("already-decided"));
    expect(await use(id)).toEqual(refusal("not-approved"));
  });

  it("is used for this kind, this subject and these values alone", async () => {
    const id = await approved();
    expect(await use(id, { kind: "refund" })).toEqual(refusal("not-approved"));
    expect(await use(id, { subjectId: newId() })).toEqual(refusal("other-request"));
    const more = { ...REQUEST, energyWh: "5001" };
    expect(await use(id, { request: more })).toEqual(refusal("other-request"));
    expect(await use(id)).toMatchObject({ ok: true });
  });

  it("of another organization, another building or a kind not one's own is not found", async () => {
    const id = await ask();
    const requestHash = await hashOf(id);
    const elsewhere = await staff("manager", []);
    const caretaker = await staff("caretaker");
    const cashier = await staff("cashier");
    for (const scope of [stranger, elsewhere, caretaker, cashier]) {
      expect(await decide(id, { scope, requestHash })).toEqual(refusal("not-found"));
    }
    for (const wrong of [newId(), "1", "'; --"]) {
      expect(await decide(wrong, { requestHash })).toEqual(refusal("not-found"));
    }
    const here = await staff("manager", [flat.buildingId]);
    expect(await decide(id, { scope: here, requestHash })).toMatchObject({ ok: true });
  });

  it("about the whole organization is not for who is limited to buildings", async () => {
    const id = await ask({ buildingId: null });
    const requestHash = await hashOf(id);
    const limited = await staff("manager", [flat.buildingId]);
    expect(await decide(id, { scope: limited, requestHash })).toEqual(refusal("not-found"));
    await expect(ask({ buildingId: null }, limited)).rejects.toThrow("own buildings");
  });

  it("is not asked for by a role without the permission", async () => {
    await expect(ask({}, await staff("cashier"))).rejects.toThrow("may not ask");
  });
});

describe("the queue", () => {
  it("shows what waits for me, what I asked for and what is over, and counts", async () => {
    const own = await makeFlat(NOW);
    const { organizationId } = own.scope;
    const one = await makeMember(organizationId, { role: "manager", now: NOW });
    const other = await makeMember(organizationId, { role: "administrator", now: NOW });
    const about = { buildingId: own.buildingId };
    const waiting = await ask(about, one);
    const declined = await ask(about, one);
    const { requestHash = "" } =
      (await listApprovals(other, { take: 10, now: NOW })).waiting.find(
        ({ id }) => id === declined,
      ) ?? {};
    granted(await decide(declined, { scope: other, isApproved: false, requestHash }));
    const ids = async (scope: OrgScope, now = NOW) => {
      const queue = await listApprovals(scope, { take: 10, now });
      const of = (list: typeof queue.waiting) => list.map(({ id }) => id);
      return [of(queue.waiting), of(queue.mine), of(queue.over)];
    };
    expect(await ids(other)).toEqual([[waiting], [], [declined]]);
    expect(await ids(one)).toEqual([[], [waiting], [declined]]);
    const agreed = await ask(about, one);
    const read = (await listApprovals(other, { take: 10, now: NOW })).waiting;
    const hash = read.find(({ id }) => id === agreed)?.requestHash ?? "";
    granted(await decide(agreed, { scope: other, requestHash: hash }));
    expect((await ids(other))[2]).toContain(agreed);
    expect((await ids(one))[1]).toContain(agreed);
    // Time alone ends it, for both.
    expect((await ids(other, afterHours(72)))[0]).toEqual([]);
    expect((await ids(one, afterHours(72)))[2]).toContain(waiting);
    expect(await ids(stranger)).toEqual([[], [], []]);
    const elsewhere = await makeMember(organizationId, {
      role: "manager",
      now: NOW,
      buildingIds: [],
    });
    expect(await ids(elsewhere)).toEqual([[], [], []]);
    const cashier = await makeMember(organizationId, { role: "cashier", now: NOW });
    expect(await ids(cashier)).toEqual([[], [], []]);
  });

  it("says when nobody else could approve", async () => {
    const own = await makeFlat(NOW);
    const { organizationId } = own.scope;
    const alone = await makeMember(organizationId, { role: "administrator", now: NOW });
    await ask({ buildingId: own.buildingId }, alone);
    const lone = async () =>
      (await listApprovals(alone, { take: 1, now: NOW })).mine[0]?.hasSecondPerson;
    expect(await lone()).toBe(false);
    await makeMember(organizationId, { role: "caretaker", now: NOW });
    expect(await lone()).toBe(false);
    await makeMember(organizationId, { role: "manager", now: NOW });
    expect(await lone()).toBe(true);
  });
});

it.each([
  ["approval_request_kind_known", Object.keys(APPROVAL_KINDS)],
  ["approval_request_state_known", [...APPROVAL_STATES]],
])("the database's %s has the words of the code", async (name, words) => {
  const client = new Client(testEnv().DATABASE_URL);
  await client.connect();
  const sql = "SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = $1";
  const { rows } = await client.query<{ text: string }>(sql, [name]);
  await client.end();
  const known = [...(rows[0]?.text ?? "").matchAll(/'([a-z-]+)'::text/g)].map(([, word]) => word);
  expect(known.toSorted()).toEqual(words.toSorted());
});
