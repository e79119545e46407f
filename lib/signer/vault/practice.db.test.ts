import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decideInstallationMode } from "@/lib/access";
import { newId } from "@/lib/platform";
import { closePools, signerPool } from "@/lib/platform/databases";
import { SecretKey } from "@/lib/sts";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { makeSellingMeter } from "@/prisma/seed/reservation";
import { openVault } from "./open-vault";

const NOW = new Date("2026-06-01T08:30:00Z");
const keyEncryptionKey = new SecretKey(randomBytes(32));
const vault = openVault({ keyEncryptionKey });
const production = openVault({ keyEncryptionKey, findMode: async () => "production" });

let flat: Flat;
let organizationId: string;

beforeAll(async () => {
  await decideInstallationMode("practice", NOW);
  flat = await makeFlat(NOW);
  ({ organizationId } = flat.scope);
});

afterAll(closePools);

const attributes = (keyRevisionNumber: number) => ({
  organizationId,
  supplyGroupCode: "999902",
  keyRevisionNumber,
  baseDateYear: 2014 as const,
  keyExpiryNumber: 255,
});

async function practiceKey(keyRevisionNumber: number): Promise<string> {
  const made = await vault.generatePracticeKey(attributes(keyRevisionNumber));
  if (!made.ok) throw new Error(`no practice key: ${made.error}`);
  return made.value.vendingKeyId;
}

async function keyRow(id: string) {
  const text = `SELECT is_practice, key_type, derivation, active_from, issue_until, nonce, sealed
      FROM vending_key JOIN sealed_vending_key USING (organization_id)
     WHERE organization_id = $1 AND id = $2 AND vending_key_id = id`;
  return (await signerPool().query(text, [organizationId, id])).rows;
}

/** A key as the Key Management Centre would describe it: not marked practice. */
async function realKeyRow(): Promise<string> {
  const id = newId();
  await signerPool().query(
    `INSERT INTO vending_key (organization_id, id, supply_group_code, key_revision_number, key_type,
       key_expiry_number, base_date_year, derivation, is_practice, active_from)
     VALUES ($1, $2, '999903', 1, 2, 255, 2014, 4, false, $3)`,
    [organizationId, id, NOW],
  );
  return id;
}

describe("generatePracticeKey", () => {
  test("makes a DUTK for DKGA04, marked practice, sealed, active from its base date", async () => {
    const rows = await keyRow(await practiceKey(1));
    expect(rows).toMatchObject([
      {
        is_practice: true,
        key_type: 2,
        derivation: 4,
        active_from: new Date("2014-01-01T00:00:00Z"),
        issue_until: null,
      },
    ]);
    expect(rows[0].nonce).toHaveLength(24);
    expect(rows[0].sealed).toHaveLength(20 + 16);
  });

  test("gives the same key for the same attributes, also when asked at once", async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => practiceKey(2)));
    expect(new Set(ids).size).toBe(1);
    expect(await practiceKey(3)).not.toBe(ids[0]);
  });

  test("does not pass a key with another expiry for the one asked for", async () => {
    await practiceKey(4);
    const other = await vault.generatePracticeKey({ ...attributes(4), keyExpiryNumber: 90 });
    expect(other).toEqual({ ok: false, error: "key-attributes-taken" });
  });

  test("does not exist in a production installation", async () => {
    const refused = { ok: false, error: "not-a-practice-installation" };
    expect(await production.generatePracticeKey(attributes(5))).toEqual(refused);
  });
});

describe("manufacture", () => {
  test("gives a meter its own decoder key, the same after a restart", async () => {
    const vendingKeyId = await practiceKey(6);
    const one = await makeSellingMeter(flat, { vendingKeyId, now: NOW });
    const two = await makeSellingMeter(flat, { vendingKeyId, now: NOW });
    const made = await vault.manufacture({ organizationId, meterId: one.meterId });
    expect(made).toMatchObject({
      ok: true,
      value: { keyType: 2, keyExpiryNumber: 255, baseDateYear: 2014 },
    });
    expect(made.ok && made.value.decoderKeyHex).toMatch(/^[0-9a-f]{32}$/);
    const restarted = openVault({ keyEncryptionKey });
    expect(await restarted.manufacture({ organizationId, meterId: one.meterId })).toEqual(made);
    expect(await vault.manufacture({ organizationId, meterId: two.meterId })).not.toEqual(made);
  });

  test("is refused under a key that is not marked practice", async () => {
    const meter = await makeSellingMeter(flat, { vendingKeyId: await realKeyRow(), now: NOW });
    const made = await vault.manufacture({ organizationId, meterId: meter.meterId });
    expect(made).toEqual({ ok: false, error: "not-a-practice-key" });
  });

  test("does not exist in a production installation, not even for a practice key", async () => {
    const meter = await makeSellingMeter(flat, { vendingKeyId: await practiceKey(7), now: NOW });
    const made = await production.manufacture({ organizationId, meterId: meter.meterId });
    expect(made).toEqual({ ok: false, error: "not-a-practice-installation" });
  });

  test("finds no meter of another organization", async () => {
    const meter = await makeSellingMeter(flat, { vendingKeyId: await practiceKey(8), now: NOW });
    const stranger = { organizationId: newId(), meterId: meter.meterId };
    expect(await vault.manufacture(stranger)).toEqual({ ok: false, error: "meter-not-found" });
  });
});

test("the report says that it is ready, and in which mode", async () => {
  expect(await vault.report()).toMatchObject({
    isReady: true,
    mode: "practice",
    waitingTokenSets: 0,
  });
});
