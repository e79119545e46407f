import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { decideInstallationMode } from "@/lib/access";
import { closePools, signerPool } from "@/lib/platform/databases";
import { makeFlat } from "@/prisma/seed/flat";
import { makeSellingMeter, reserveTokenSet, type SellingMeter } from "@/prisma/seed/reservation";
import { copyDatabase, dropDatabase } from "@/prisma/seed/roles/database-copy";
import { openVault } from "./open-vault";
import { type ResealStep, resealKeys, settleKeyFile } from "./reseal";

// On a copy of the database, in which there are no keys but ours: an exchange takes them all.

const NOW = new Date("2026-06-01T08:30:00Z");
const superuserUrl = z.string().parse(process.env.DATABASE_URL_SUPERUSER);
const SHARED = new URL(superuserUrl).pathname.slice(1);
const LIVE = `${SHARED}_reseal`;
const ROLES = ["", "_WEB", "_AUTH", "_WORKER", "_SIGNER", "_AUDITOR", "_SUPERUSER"];
const folder = mkdtempSync(path.join(tmpdir(), "voltlet-reseal-"));
const file = path.join(folder, "kek");
let meter: SellingMeter;
let tokenSetId: string;
let digits: string;
let publicKey: string;

async function asSuperuser(text: string): Promise<void> {
  const client = new Client(z.string().parse(process.env.DATABASE_URL_SUPERUSER));
  await client.connect();
  await client.query(text);
  await client.end();
}

async function startedVault() {
  const ring = await settleKeyFile(file);
  return openVault({ keyEncryptionKey: ring.sealing, ring, clock: { now: () => NOW } });
}

beforeAll(async () => {
  await closePools();
  await copyDatabase(superuserUrl, { from: SHARED, to: LIVE });
  for (const role of ROLES) {
    const address = new URL(z.string().parse(process.env[`DATABASE_URL${role}`]));
    address.pathname = `/${LIVE}`;
    vi.stubEnv(`DATABASE_URL${role}`, address.href);
  }
  await asSuperuser("TRUNCATE sealed_vending_key");
  await decideInstallationMode("practice", NOW);
  writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 });
  const flat = await makeFlat(NOW);
  const { organizationId } = flat.scope;
  const attributes = {
    supplyGroupCode: "999909",
    keyExpiryNumber: 255,
    baseDateYear: 2014,
  } as const;
  const vault = await startedVault();
  const request = { organizationId, ...attributes, keyRevisionNumber: 1 };
  const made = await vault.generatePracticeKey(request);
  await vault.generatePracticeKey({ ...request, keyRevisionNumber: 2 });
  if (!made.ok) throw new Error(made.error);
  meter = await makeSellingMeter(flat, { vendingKeyId: made.value.vendingKeyId, now: NOW });
  ({ tokenSetId } = await reserveTokenSet(meter, { tokenUnits: 99, randomNibble: 5, now: NOW }));
  digits = await digitsNow();
  publicKey = (await vault.report()).journalPublicKeyHex;
}, 60_000);

afterAll(async () => {
  await closePools();
  await dropDatabase(superuserUrl, LIVE);
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** What a signer that has just been started says of the token that was sold first. */
async function digitsNow(): Promise<string> {
  const { organizationId } = meter.scope;
  const [outcome] = await (await startedVault()).issue({
    organizationId,
    tokenSetIds: [tokenSetId],
  });
  return outcome?.outcome === "issued" ? (outcome.tokens[0]?.digits ?? "") : "";
}

const sealedNow = async () =>
  (await signerPool().query("SELECT sealed FROM sealed_vending_key ORDER BY vending_key_id")).rows;

test("every key is sealed anew, and old tokens, MACs and signatures hold", async () => {
  const before = { sealed: await sealedNow(), file: readFileSync(file, "utf8") };
  const { keys, formerFile } = await resealKeys(file, { now: NOW });
  expect(keys).toBe(2);
  expect(await sealedNow()).not.toEqual(before.sealed);
  expect(readFileSync(formerFile, "utf8")).toBe(before.file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).not.toContain("kek.next");
  expect(await digitsNow()).toBe(digits);
  expect((await (await startedVault()).report()).journalPublicKeyHex).toBe(publicKey);
  const { organizationId } = meter.scope;
  const later = new Date(NOW.getTime() + 60_000);
  const next = await reserveTokenSet(meter, { tokenUnits: 9, randomNibble: 5, now: later });
  const vault = await startedVault();
  expect(await vault.issue({ organizationId, tokenSetIds: [next.tokenSetId] })).toMatchObject([
    { outcome: "issued" },
  ]);
});

test.each<ResealStep>(["written", "committed", "linked"])(
  "cut off when it is %s, a start finds the key that is in force",
  async (step) => {
    const cut = (reached: ResealStep) => {
      if (reached === step) throw new Error("cut off");
    };
    const now = new Date(
      NOW.getTime() + 1_000 * (1 + ["written", "committed", "linked"].indexOf(step)),
    );
    await expect(resealKeys(file, { now, at: cut })).rejects.toThrow("cut off");
    expect(readdirSync(folder)).toContain("kek.next");
    expect(await digitsNow()).toBe(digits);
    // And the next exchange goes through.
    expect(await resealKeys(file, { now: new Date(now.getTime() + 500) })).toMatchObject({
      keys: 2,
    });
    expect(await digitsNow()).toBe(digits);
    expect((await (await startedVault()).report()).journalPublicKeyHex).toBe(publicKey);
  },
);

test("a key that was tampered with or cut short is named, and nothing is changed", async () => {
  const before = await sealedNow();
  const id = (
    await signerPool().query<{ id: string }>(
      "SELECT max(vending_key_id::text) AS id FROM sealed_vending_key",
    )
  ).rows[0]?.id;
  for (const [change, fault] of [
    ["set_byte(sealed, 3, get_byte(sealed, 3) # 1)", "does-not-open"],
    ["substring(sealed FOR 11)", "cut-short"],
  ]) {
    await asSuperuser("CREATE TABLE whole_keys AS SELECT * FROM sealed_vending_key");
    await asSuperuser(`UPDATE sealed_vending_key SET sealed = ${change}
      WHERE vending_key_id = '${id}'`);
    await expect(resealKeys(file, { now: NOW })).rejects.toThrow(
      `Vending key ${id} does not open: ${fault}`,
    );
    await asSuperuser(`UPDATE sealed_vending_key k SET sealed = w.sealed FROM whole_keys w
      WHERE w.vending_key_id = k.vending_key_id; DROP TABLE whole_keys`);
  }
  expect(await sealedNow()).toEqual(before);
  expect(await digitsNow()).toBe(digits);
});

test("two exchanges at once are one", async () => {
  const both = await Promise.allSettled([
    resealKeys(file, { now: new Date(NOW.getTime() + 90_000) }),
    resealKeys(file, { now: new Date(NOW.getTime() + 91_000) }),
  ]);
  expect(both.filter(({ status }) => status === "fulfilled").length).toBeGreaterThanOrEqual(1);
  expect(await digitsNow()).toBe(digits);
});
