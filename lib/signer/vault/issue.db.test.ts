import { randomBytes } from "node:crypto";
import { Client, type Pool } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decideInstallationMode } from "@/lib/access";
import { testEnv } from "@/lib/platform";
import { closePools, signerPool } from "@/lib/platform/databases";
import { decodeToken, SecretKey } from "@/lib/sts";
import { makeFlat } from "@/prisma/seed/flat";
import {
  type MadeReservation,
  makeSellingMeter,
  reserveTokenSet,
  type SellingMeter,
} from "@/prisma/seed/reservation";
import { verifyChain } from "../core/journal-chain";
import type { IssuedToken } from "../token-issuer";
import { Journal } from "./journal";
import { openVault, type VaultParts } from "./open-vault";
import { listReservedTokens } from "./reservations";
import { SoftwareKeyStore } from "./software-key-store";

const NOW = new Date("2026-06-01T08:30:00Z");
const keyEncryptionKey = new SecretKey(randomBytes(32));

// A vault opened anew has nothing in memory, like a signer that has just been started again.
const vaultWith = (parts: Partial<VaultParts> = {}) => openVault({ keyEncryptionKey, ...parts });

let meter: SellingMeter;
let decoderKey: SecretKey;

beforeAll(async () => {
  await decideInstallationMode("practice", NOW);
  const flat = await makeFlat(NOW);
  const vault = vaultWith();
  const made = await vault.generatePracticeKey({
    organizationId: flat.scope.organizationId,
    supplyGroupCode: "999901",
    keyRevisionNumber: 1,
    baseDateYear: 2014,
    keyExpiryNumber: 255,
  });
  if (!made.ok) throw new Error(`no practice key: ${made.error}`);
  meter = await makeSellingMeter(flat, { vendingKeyId: made.value.vendingKeyId, now: NOW });
  const { organizationId } = flat.scope;
  const manufactured = await vault.manufacture({ organizationId, meterId: meter.meterId });
  if (!manufactured.ok) throw new Error(`no meter: ${manufactured.error}`);
  decoderKey = new SecretKey(Buffer.from(manufactured.value.decoderKeyHex, "hex"));
});

afterAll(closePools);

let sold = 0;
/** Each sale a minute later, so that the TIDs need no queue. */
function reserve(change: { readonly tokenUnits?: number } = {}): Promise<MadeReservation> {
  sold += 1;
  const now = new Date(NOW.getTime() + sold * 60_000);
  return reserveTokenSet(meter, { tokenUnits: 204, randomNibble: sold % 16, now, ...change });
}

const ask = ({ organizationId, tokenSetId }: MadeReservation) => ({
  organizationId,
  tokenSetIds: [tokenSetId],
});

type Row = {
  readonly outcome: string;
  readonly refusal: string | null;
  readonly token_mac: Buffer;
};

async function journalRows({ organizationId, tokenSetId }: MadeReservation) {
  const text = `SELECT outcome, refusal, token_mac FROM journal_entry
                 WHERE organization_id = $1 AND token_set_id = $2`;
  return (await signerPool().query<Row>(text, [organizationId, tokenSetId])).rows;
}

async function issueOne(
  reserved: MadeReservation,
  vault = vaultWith(),
): Promise<readonly IssuedToken[]> {
  const [outcome] = await vault.issue(ask(reserved));
  if (outcome?.outcome !== "issued") throw new Error(`not issued: ${JSON.stringify(outcome)}`);
  return outcome.tokens;
}

describe("issue", () => {
  test("the meter reads the reserved TID, RND and units from the token", async () => {
    const reserved = await reserve({ tokenUnits: 16_383 });
    const [token] = await issueOne(reserved);
    const minutes = (NOW.getTime() + sold * 60_000 - Date.UTC(2014, 0, 1)) / 60_000;
    expect(decodeToken(token?.digits ?? "", decoderKey)).toMatchObject({
      ok: true,
      value: {
        kind: "credit",
        subclass: 0,
        random: reserved.randomNibble,
        tokenIdMinutes: minutes,
        units: 16_383n,
      },
    });
  });

  test("a set gives the same digits and one journal entry, restarts included", async () => {
    const reserved = await reserve();
    const vault = vaultWith();
    const first = await issueOne(reserved, vault);
    expect(await issueOne(reserved, vault)).toEqual(first);
    expect(await issueOne(reserved)).toEqual(first);
    expect(await journalRows(reserved)).toHaveLength(1);
  });

  test("sixteen who ask for one set at once get one token, also from two signers", async () => {
    const reserved = await reserve();
    const signers = [vaultWith(), vaultWith()];
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => issueOne(reserved, signers[index % 2])),
    );
    expect(new Set(answers.map((tokens) => JSON.stringify(tokens))).size).toBe(1);
    expect(await journalRows(reserved)).toHaveLength(1);
  });

  test("two signers that take places in one chain at once leave it whole", async () => {
    const reserved = [];
    for (let count = 0; count < 12; count += 1) reserved.push(await reserve());
    const signers = [vaultWith(), vaultWith()];
    await Promise.all(reserved.map((set, index) => issueOne(set, signers[index % 2])));
    const { organizationId } = meter.scope;
    const chain = await new Journal(signerPool()).listChain(organizationId, {
      after: 0n,
      most: 1_000,
    });
    expect(chain.length).toBeGreaterThanOrEqual(12);
    expect(verifyChain(chain)).toMatchObject({
      ok: true,
      value: { sequence: BigInt(chain.length) },
    });
  });

  test("what is asked while a commit runs is served by the next one, together", async () => {
    const reserved = [];
    for (let count = 0; count < 6; count += 1) reserved.push(await reserve());
    let commits = 0;
    const vault = vaultWith({
      clock: {
        now: () => {
          commits += 1;
          return NOW;
        },
      },
    });
    await Promise.all(reserved.map((set) => issueOne(set, vault)));
    expect(commits).toBe(2);
  });

  test("several sets in one request are answered in the order asked", async () => {
    const reserved = [await reserve(), await reserve(), await reserve()];
    const ids = reserved.map(({ tokenSetId }) => tokenSetId).reverse();
    const { organizationId } = meter.scope;
    const outcomes = await vaultWith().issue({ organizationId, tokenSetIds: ids });
    expect(outcomes.map(({ tokenSetId }) => tokenSetId)).toEqual(ids);
  });

  test("the journal keeps a MAC and no digits", async () => {
    const reserved = await reserve();
    const [token] = await issueOne(reserved);
    const text = "SELECT to_jsonb(e)::text AS row FROM journal_entry e WHERE token_set_id = $1";
    const found = await signerPool().query<{ row: string }>(text, [reserved.tokenSetId]);
    expect(found.rows[0]?.row).toContain("token_mac");
    expect(found.rows[0]?.row).not.toContain(token?.digits);
  });
});

describe("the journal comes first", () => {
  test("nothing is answered until the entry is committed", async () => {
    const reserved = await reserve();
    const owner = new Client(testEnv().DATABASE_URL);
    await owner.connect();
    try {
      // Writers wait, readers do not: the signer gets as far as its commit.
      await owner.query("BEGIN; LOCK TABLE journal_entry IN EXCLUSIVE MODE");
      let isAnswered = false;
      const answer = issueOne(reserved).finally(() => {
        isAnswered = true;
      });
      const waits = `SELECT count(*)::int AS waiting FROM pg_locks
                      WHERE relation = 'journal_entry'::regclass AND NOT granted`;
      const isWaiting = async () => (await owner.query(waits)).rows[0].waiting === 1;
      await expect.poll(isWaiting, { interval: 20, timeout: 3_000 }).toBe(true);
      expect(isAnswered).toBe(false);
      expect(await journalRows(reserved)).toHaveLength(0);
      await owner.query("COMMIT");
      expect(await answer).toHaveLength(1);
      expect(await journalRows(reserved)).toHaveLength(1);
    } finally {
      await owner.end();
    }
  });

  test("an entry is written after the head that the database has, and after no other", async () => {
    const reserved = await reserve();
    const pool = signerPool();
    const lie = { id: reserved.organizationId, sequence: "9000", hash: randomBytes(32) };
    const restored = {
      query: (asked: { readonly text: string }) =>
        asked.text.includes("SELECT asked.id") ? { rows: [lie] } : pool.query(asked),
    } as unknown as Pool;
    const [token] = await listReservedTokens(pool, [reserved]);
    if (!token) throw new Error("a reserved set has a token");
    const { organizationId, tokenSetId, position, meterId, vendingKeyId, reservation } = token;
    const names = { organizationId, tokenSetId, position, meterId, vendingKeyId, reservation };
    const refused = { outcome: "refused", refusal: "key-expired", at: NOW } as const;
    const draft = { ...names, ...refused, tokenIdMinutes: null, tokenMac: null };
    expect(await new Journal(restored).append([draft])).toBe("conflict");
    expect(await journalRows(reserved)).toEqual([]);
    expect(await issueOne(reserved)).toHaveLength(1);
  });

  test("nobody with the signer's role can change or remove an entry", async () => {
    const reserved = await reserve();
    await issueOne(reserved);
    for (const text of ["UPDATE journal_entry SET position = 9", "DELETE FROM journal_entry"]) {
      await expect(signerPool().query(text)).rejects.toThrow("permission denied");
    }
  });
});

describe("what is not issued", () => {
  test("a set that nobody reserved is unknown, and leaves nothing", async () => {
    const reserved = { ...(await reserve()), tokenSetId: crypto.randomUUID() };
    const { tokenSetId } = reserved;
    expect(await vaultWith().issue(ask(reserved))).toEqual([{ tokenSetId, outcome: "unknown" }]);
    expect(await journalRows(reserved)).toEqual([]);
  });

  test("another organization's set is unknown", async () => {
    const { tokenSetId } = await reserve();
    const request = { organizationId: crypto.randomUUID(), tokenSetIds: [tokenSetId] };
    expect(await vaultWith().issue(request)).toEqual([{ tokenSetId, outcome: "unknown" }]);
  });

  test("a refusal is put on record and stays, whatever changes later", async () => {
    const reserved = await reserve();
    const { tokenSetId } = reserved;
    const refusal = "practice-key-in-production";
    const refused = [{ tokenSetId, outcome: "refused", refusal }];
    const inProduction = vaultWith({ findMode: async () => "production" });
    expect(await inProduction.issue(ask(reserved))).toEqual(refused);
    expect(await vaultWith().issue(ask(reserved))).toEqual(refused);
    expect(await journalRows(reserved)).toEqual([{ outcome: "refused", refusal, token_mac: null }]);
  });

  test("an issued set stays issued, whatever would refuse it today", async () => {
    const reserved = await reserve();
    const first = await issueOne(reserved);
    const inProduction = vaultWith({ findMode: async () => "production" });
    expect(await issueOne(reserved, inProduction)).toEqual(first);
  });

  test("a token that differs from the journal's MAC is not given out, and others are", async () => {
    const [ahead, damaged, good] = [await reserve(), await reserve(), await reserve()];
    await issueOne(damaged);
    const keys = new SoftwareKeyStore({ pool: signerPool(), keyEncryptionKey });
    const other = vaultWith({ keys, keyEncryptionKey: new SecretKey(randomBytes(32)) });
    // The one ahead takes the first commit, so that these two share the second.
    const issued = [ahead, damaged, good].map((set) => other.issue(ask(set)));
    const [, first, second] = await Promise.allSettled(issued);
    expect(first).toMatchObject({ status: "rejected", reason: { name: "InvariantError" } });
    expect(second).toMatchObject({ status: "fulfilled" });
  });

  test("a key that does not open is an outage and no refusal: the right key sells on", async () => {
    const reserved = await reserve();
    const other = vaultWith({ keyEncryptionKey: new SecretKey(randomBytes(32)) });
    await expect(other.issue(ask(reserved))).rejects.toThrow("does not open");
    expect(await journalRows(reserved)).toEqual([]);
    expect(await issueOne(reserved)).toHaveLength(1);
  });
});
