import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { decideApproval, findEndpointScope, inScope, listApprovals } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { SecretKey } from "@/lib/sts";
import { makeStaff, scopeOf } from "@/prisma/seed/staff";
import {
  activateAccount,
  addAccount,
  findNextEndpoint,
  listAccounts,
  listWaysToPay,
  providersOf,
  switchOffAccount,
} from "..";

const NOW = new Date("2026-02-01T09:00:00Z");
const KEY = new SecretKey(new Uint8Array(32).fill(9));
const gear = { siteUrl: "https://example.org", credentialKey: KEY, practice: null };
const providers = providersOf(gear);
const account = {
  provider: "paystack",
  label: "Rent account",
  typed: { secretKey: "sk_test_12345678", receiptEmail: "books@example.org" },
  gear,
  now: NOW,
} as const;

let administrator: OrgScope;
let accountant: OrgScope;
let alone: OrgScope;

beforeAll(async () => {
  const single = await makeStaff(NOW, ["administrator"]);
  const [one] = single.people;
  assert(one, "somebody is staff");
  alone = await scopeOf(one, NOW);
});
beforeEach(async () => {
  const { people } = await makeStaff(NOW, ["administrator", "accountant"]);
  const [first, second] = people;
  assert(first && second, "two are staff");
  administrator = await scopeOf(first, NOW);
  accountant = await scopeOf(second, NOW);
});

async function add(scope: OrgScope) {
  const added = await addAccount(scope, account);
  assert(added.ok, "the account is typed in right");
  return added.value;
}

const isAsked = async ({ organizationId }: OrgScope, endpointId: string) =>
  (await providers({ organizationId, endpointId })) !== null;

describe("an account", () => {
  it("of somebody alone is used at once, and shows nothing but its last four", async () => {
    const { endpointId, isWaiting } = await add(alone);
    expect(isWaiting).toBe(false);
    const [shown] = await listAccounts(alone);
    expect(shown).toMatchObject({ endpointId, lastFour: "5678", state: "active" });
    expect(JSON.stringify(shown)).not.toContain("sk_test");
    expect(await isAsked(alone, endpointId)).toBe(true);
    expect(await listWaysToPay(alone, { practice: null })).toMatchObject([{ endpointId }]);
  });

  it("waits for somebody else where there is one, and who added it cannot approve it", async () => {
    const { endpointId, isWaiting } = await add(administrator);
    expect(isWaiting).toBe(true);
    expect(await isAsked(administrator, endpointId)).toBe(false);
    expect(await listWaysToPay(administrator, { practice: null })).toEqual([]);
    const { waiting } = await listApprovals(accountant, { take: 5, now: NOW });
    const [asked] = waiting;
    assert(asked, "the accountant is asked");
    const { id: approvalId, requestHash } = asked;
    const decision = { approvalId, requestHash, isApproved: true, now: NOW };
    const own = await decideApproval(administrator, decision);
    expect(own).toEqual({ ok: false, error: { code: "own-request" } });
    const decided = await decideApproval(accountant, decision, (tx, approval) =>
      activateAccount(tx, { approval, now: NOW }),
    );
    expect(decided.ok).toBe(true);
    expect(await isAsked(administrator, endpointId)).toBe(true);
  });

  it("that was switched off is offered to nobody, and is asked about what was begun", async () => {
    const { endpointId } = await add(alone);
    const before = await listWaysToPay(alone, { practice: null });
    const off = await switchOffAccount(alone, { endpointId, now: NOW });
    expect(off).toEqual({ ok: true, value: null });
    expect(await listWaysToPay(alone, { practice: null })).toHaveLength(before.length - 1);
    expect(await isAsked(alone, endpointId)).toBe(true);
    const again = await switchOffAccount(alone, { endpointId, now: NOW });
    expect(again).toMatchObject({ ok: false });
  });

  it("is not found by another organization, to look at, to ask or to switch off", async () => {
    const { endpointId } = await add(alone);
    expect(await listAccounts(accountant)).toEqual([]);
    expect(await isAsked(accountant, endpointId)).toBe(false);
    for (const id of [endpointId, "x"]) {
      const off = await switchOffAccount(accountant, { endpointId: id, now: NOW });
      expect(off).toEqual({ ok: false, error: { code: "not-found" } });
    }
  });

  it("has the address that was told beforehand", async () => {
    const told = await findNextEndpoint(administrator, { provider: "paystack", gear });
    expect((await add(administrator)).endpointId).toBe(told);
    expect(await findNextEndpoint(administrator, { provider: "paystack", gear })).not.toBe(told);
    expect(await findEndpointScope(told, "paystack")).toMatchObject({
      organizationId: administrator.organizationId,
    });
  });

  it("typed in wrong stores nothing", async () => {
    const typed = { secretKey: "hello", receiptEmail: "" };
    const added = await addAccount(administrator, { ...account, label: " ", typed });
    expect(added).toEqual({
      ok: false,
      error: { code: "invalid", fields: ["label", "receiptEmail", "secretKey"] },
    });
    expect(await listAccounts(administrator)).toEqual([]);
  });

  it("moved into another organization's row does not open there", async () => {
    const { endpointId } = await add(alone);
    const { organizationId } = administrator;
    await inScope(alone, async (tx) => {
      const row = await tx.db.paymentAccount.findFirstOrThrow({ where: { endpointId } });
      return row;
    }).then((row) =>
      inScope(administrator, async (tx) => {
        const other = newId();
        await tx.db.paymentEndpoint.createMany({
          data: [{ id: other, belongsTo: organizationId, provider: "paystack" }],
        });
        const settings = row.settings as Record<string, string>;
        await tx.db.paymentAccount.createMany({
          data: [{ ...row, settings, organizationId, endpointId: other }],
        });
        return other;
      }),
    );
    const [moved] = await listAccounts(administrator);
    assert(moved, "the row was moved");
    await expect(providers({ organizationId, endpointId: moved.endpointId })).rejects.toThrow(
      "open under",
    );
  });
});
