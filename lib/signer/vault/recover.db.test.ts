import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { callScoped, decideInstallationMode } from "@/lib/access";
import { newId } from "@/lib/platform";
import { closePools, signerPool } from "@/lib/platform/databases";
import { SecretKey } from "@/lib/sts";
import { makeFlat } from "@/prisma/seed/flat";
import { makeSellingMeter, reserveTokenSet, type SellingMeter } from "@/prisma/seed/reservation";
import { copyDatabase, dropDatabase } from "@/prisma/seed/roles/database-copy";
import { headFileIn } from "./head-file";
import { keyRingOf } from "./key-encryption-key";
import { openVault, type Vault } from "./open-vault";
import { recoverSales } from "./recover";
import { SalesClosedError } from "./sales-gate";

// A backup of a database, sales after it, and the backup put back: on real copies, beside the one
// that all other tests share. The signer's folder stays what it was.

const superuserUrl = z.string().parse(process.env.DATABASE_URL_SUPERUSER);
const SHARED = new URL(superuserUrl).pathname.slice(1);
const LIVE = `${SHARED}_live`;
const BACKUP = `${SHARED}_backup`;
const ADDRESSES = ["", "_WEB", "_AUTH", "_WORKER", "_SIGNER", "_AUDITOR", "_SUPERUSER"];
const NOW = new Date("2026-06-01T08:30:00Z");
const MINUTE_MS = 60_000;

const folder = mkdtempSync(path.join(tmpdir(), "voltlet-recover-"));
const ring = keyRingOf(new SecretKey(randomBytes(32)));
let now = NOW;
const vaults: Vault[] = [];
let meter: SellingMeter;

/** A signer that has just been started. */
function startedVault(keptIn = folder): Vault {
  const heads = headFileIn(keptIn, ring.forPurpose("journal head file"));
  const parts = { keyEncryptionKey: ring.sealing, ring, heads, clock: { now: () => now } };
  const vault = openVault(parts);
  vaults.push(vault);
  return vault;
}

async function copy(from: string, to: string) {
  await closePools();
  await copyDatabase(superuserUrl, { from, to });
}

beforeAll(async () => {
  await copy(SHARED, LIVE);
  for (const role of ADDRESSES) {
    const address = new URL(z.string().parse(process.env[`DATABASE_URL${role}`]));
    address.pathname = `/${LIVE}`;
    vi.stubEnv(`DATABASE_URL${role}`, address.href);
  }
  await decideInstallationMode("practice", NOW);
  const flat = await makeFlat(NOW);
  const { organizationId } = flat.scope;
  const attributes = { supplyGroupCode: "999908", keyRevisionNumber: 1, keyExpiryNumber: 255 };
  const request = { organizationId, ...attributes, baseDateYear: 2014 } as const;
  const made = await startedVault().generatePracticeKey(request);
  if (!made.ok) throw new Error(made.error);
  meter = await makeSellingMeter(flat, { vendingKeyId: made.value.vendingKeyId, now });
}, 60_000);

afterAll(async () => {
  await closePools();
  for (const name of [LIVE, BACKUP]) await dropDatabase(superuserUrl, name);
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const reserve = (tokenUnits = 100) => reserveTokenSet(meter, { tokenUnits, randomNibble: 5, now });

const issue = (tokenSetId: string, vault: Vault) =>
  vault.issue({ organizationId: meter.scope.organizationId, tokenSetIds: [tokenSetId] });

async function tokenIdOf(tokenSetId: string): Promise<number> {
  const text = "SELECT token_id_minutes AS id FROM token_reservation WHERE token_set_id = $1";
  return (await signerPool().query<{ id: number }>(text, [tokenSetId])).rows[0]?.id ?? -1;
}

const minuteOf = (at: Date) => Math.floor((at.getTime() - Date.UTC(2014, 0, 1)) / MINUTE_MS);

/** What the web gets when it reserves a purchase that is paid. */
async function reservingAnswer(): Promise<string> {
  try {
    const { tokenSetId } = await reserve();
    return `reserved at ${(await tokenIdOf(tokenSetId)) - minuteOf(now)}`;
  } catch (error) {
    return /"outcome":"([a-z-]+)"/.exec(String(error))?.[1] ?? String(error);
  }
}

test("after a restore nothing is sold until it is recovered; ids go on above all", async () => {
  const first = await reserve();
  const selling = startedVault();
  expect(await issue(first.tokenSetId, selling)).toMatchObject([{ outcome: "issued" }]);
  await selling.close();
  await copy(LIVE, BACKUP);

  // Sales of which the backup knows nothing, one of them with an id well ahead of the clock.
  const lostIds: number[] = [];
  const later = startedVault();
  for (let count = 0; count < 20; count += 1) {
    const { tokenSetId } = await reserve();
    expect(await issue(tokenSetId, later)).toMatchObject([{ outcome: "issued" }]);
    lostIds.push(await tokenIdOf(tokenSetId));
  }
  await later.close();
  await copy(BACKUP, LIVE);

  // A sale between the restore and the look at it would be reserved; it is not issued.
  const restored = startedVault();
  await expect(restored.settle()).rejects.toThrow(SalesClosedError);
  await expect(issue(first.tokenSetId, restored)).rejects.toThrow("npm run recover");
  expect(await restored.report()).toMatchObject({
    isReady: false,
    closedBecause: "database-restored",
  });
  expect(await reservingAnswer()).toBe("waits-for-minute");
  await restored.close();
  // A start makes nothing better.
  await expect(startedVault().settle()).rejects.toThrow(SalesClosedError);

  const recovered = await recoverSales({ folder, ring, now });
  expect(recovered).toMatchObject({ isLossKnown: true, lost: [{ sequence: 21n }] });
  expect(recovered.raised).toBeGreaterThan(0);
  expect(readdirSync(folder).filter((name) => name.includes(".before-"))).toHaveLength(1);

  const again = startedVault();
  await again.settle();
  expect(await again.report()).toMatchObject({ isReady: true, closedBecause: null });
  now = new Date(NOW.getTime() + MINUTE_MS);
  const next = await reserve();
  expect(await issue(next.tokenSetId, again)).toMatchObject([{ outcome: "issued" }]);
  expect(await tokenIdOf(next.tokenSetId)).toBeGreaterThan(Math.max(...lostIds));
  expect(await tokenIdOf(next.tokenSetId)).toBe(minuteOf(NOW) + 61);
  // What had been issued before the backup is the same token still.
  expect(await issue(first.tokenSetId, again)).toMatchObject([{ outcome: "issued" }]);
  await again.close();
}, 60_000);

test("for an hour ids may be 120 minutes ahead, and then 59 again", async () => {
  now = new Date(NOW.getTime() + 30 * MINUTE_MS);
  expect(await reservingAnswer()).toBe("reserved at 32");
  now = new Date(NOW.getTime() + 2 * MINUTE_MS);
  const answers: string[] = [];
  for (let count = 0; count < 60; count += 1) answers.push(await reservingAnswer());
  expect(answers.filter((answer) => answer.startsWith("reserved"))).toHaveLength(60);
  expect(answers.at(-1)).toBe("reserved at 120");
  expect(await reservingAnswer()).toBe("waits-for-minute");
  now = new Date(NOW.getTime() + 61 * MINUTE_MS);
  expect(await reservingAnswer()).toBe("waits-for-minute");
}, 60_000);

test("recovering twice, or cut off in the middle, does no harm", async () => {
  now = new Date(NOW.getTime() + 180 * MINUTE_MS);
  const once = await recoverSales({ folder, ring, now });
  const twice = await recoverSales({ folder, ring, now: new Date(now.getTime() + 1) });
  expect(once).toMatchObject({ lost: [] });
  expect(twice.raised).toBe(0);
  // Cut off after the former file was put aside: closed still, and the next run opens.
  await signerPool().query(
    "INSERT INTO sales_closure (closed_at, reason) VALUES ($1, 'database-restored')",
    [new Date(now.getTime() + 2)],
  );
  await expect(startedVault().settle()).rejects.toThrow(SalesClosedError);
  await recoverSales({ folder, ring, now: new Date(now.getTime() + 3) });
  await startedVault().settle();
}, 60_000);

test("a signer that was cut off after its commit goes on, and its file catches up", async () => {
  now = new Date(NOW.getTime() + 400 * MINUTE_MS);
  const { tokenSetId } = await reserve();
  const forgetful = openVault({ keyEncryptionKey: ring.sealing, ring });
  await issue(tokenSetId, forgetful);
  const next = startedVault();
  await next.settle();
  const { organizationId } = meter.scope;
  const ours = next.listKeptHeads().find((head) => head.organizationId === organizationId);
  const found = await signerPool().query<{ last: string }>(
    `SELECT max(sequence) AS last FROM journal_entry WHERE organization_id = $1`,
    [organizationId],
  );
  expect(ours?.sequence).toBe(BigInt(found.rows[0]?.last ?? 0));
});

test("a database that is put back under a running signer closes it at the next sale", async () => {
  const running = startedVault();
  const before = await reserve();
  await issue(before.tokenSetId, running);
  // Its connections break; its memory and its file stay what they are.
  await copyDatabase(superuserUrl, { from: LIVE, to: BACKUP });
  for (let count = 0; count < 3; count += 1) {
    await issue((await reserve()).tokenSetId, running);
  }
  await copyDatabase(superuserUrl, { from: BACKUP, to: LIVE });
  const { tokenSetId } = await reserve();
  await expect(issue(tokenSetId, running)).rejects.toThrow("is not there");
  await expect(issue(tokenSetId, running)).rejects.toThrow(SalesClosedError);
  expect(await reservingAnswer()).toBe("waits-for-minute");
  const recovered = await recoverSales({ folder, ring, now });
  expect(recovered.lost).toHaveLength(1);
}, 60_000);

test("production is closed when its file is gone; practice begins anew", async () => {
  const elsewhere = mkdtempSync(path.join(tmpdir(), "voltlet-recover-"));
  await startedVault(elsewhere).settle();
  rmSync(elsewhere, { recursive: true });
  const client = new Client(z.string().parse(process.env.DATABASE_URL_SUPERUSER));
  await client.connect();
  await client.query("UPDATE installation_mode SET mode = 'production'");
  await client.end();
  const moved = startedVault(elsewhere);
  await expect(moved.settle()).rejects.toThrow("heads-missing");
  await moved.close();
  expect(await recoverSales({ folder: elsewhere, ring, now })).toMatchObject({
    isLossKnown: false,
  });
  await startedVault(elsewhere).settle();
  rmSync(elsewhere, { recursive: true });
});

test("nobody but the signer may raise token ids or open sales", async () => {
  const asked = callScoped(meter.scope, "token_ids_raise" as never, { id: newId(), now });
  await expect(asked).rejects.toThrow("permission denied");
});
