import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { decideInstallationMode } from "@/lib/access";
import { log, newId } from "@/lib/platform";
import { closePools, signerPool } from "@/lib/platform/databases";
import { SecretKey } from "@/lib/sts";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { makeSellingMeter, reserveTokenSet } from "@/prisma/seed/reservation";
import { checkValueOf, combineComponents } from "../core/key-components";
import { headFileIn } from "./head-file";
import { importVendingKey } from "./import-key";
import { keyRingOf } from "./key-encryption-key";
import { openVault } from "./open-vault";

// A thousand keys whose bytes we know are brought in, sold under, and made to fail in every way
// that we can think of. Then everything that was written or said is searched for them: by half, as
// hex in either case, as base64, as numbers, and as PostgreSQL writes bytes.

const KEYS = 1_000;
const NOW = new Date("2026-06-01T08:30:00Z");
const ring = keyRingOf(new SecretKey(randomBytes(32)));
const folder = mkdtempSync(path.join(tmpdir(), "voltlet-canary-"));
const canaries = Array.from({ length: KEYS }, () => [randomBytes(20), randomBytes(20)] as const);
const said: string[] = [];
let flat: Flat;

beforeAll(async () => {
  await decideInstallationMode("practice", NOW);
  flat = await makeFlat(NOW);
  for (const level of ["debug", "info", "warn", "error", "fatal"] as const) {
    vi.spyOn(log(), level).mockImplementation((...values: unknown[]) => {
      said.push(inspect(values, { depth: 12, showHidden: true }));
    });
  }
});
afterAll(async () => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
  await closePools();
});

const keyOf = ([one, other]: (typeof canaries)[number]) =>
  Buffer.from(one.map((byte, index) => byte ^ (other[index] ?? 0)));

function bringIn(place: number, change: { readonly checkValue?: string } = {}) {
  const [one, other] = canaries[place] ?? [];
  if (!one || !other) throw new Error("there is such a canary");
  const components = [new SecretKey(one), new SecretKey(other)] as const;
  const whole = combineComponents(...components);
  return importVendingKey(ring, {
    attributes: {
      organizationId: flat.scope.organizationId,
      supplyGroupCode: String(500_000 + place),
      keyRevisionNumber: 1,
      keyExpiryNumber: 255,
      baseDateYear: 2014,
      activeFrom: new Date("2014-01-01T00:00:00Z"),
      issueUntil: null,
      allowedSubclasses: [0],
      creditLimitUnits: null,
      custodians: ["Amina Otieno", "Jane Wambui"],
      checkValue: checkValueOf(whole),
      ...change,
    },
    components,
    now: NOW,
  });
}

/** Every form in which bytes could stand in a text; a half of them would be found too. */
function formsOf(bytes: Buffer): readonly string[] {
  const halves = [bytes.subarray(0, 10), bytes.subarray(10)];
  return halves.flatMap((half) => [
    half.toString("hex"),
    half.toString("hex").toUpperCase(),
    half.subarray(0, 9).toString("base64"),
    [...half].join(", "),
    [...half].map((byte) => byte.toString(16).padStart(2, "0")).join(" "),
  ]);
}

const START_LENGTH = 8;

/** Which of many words stand in a long text: it is walked once, and compared where one begins. */
function wordsIn(text: string, words: readonly string[]): readonly string[] {
  const byStart = Map.groupBy(words, (word) => word.slice(0, START_LENGTH));
  const found: string[] = [];
  for (let at = 0; at + START_LENGTH <= text.length; at += 1) {
    const beginning = byStart.get(text.slice(at, at + START_LENGTH));
    if (beginning) found.push(...beginning.filter((word) => text.startsWith(word, at)));
  }
  return found;
}

async function everyRow(): Promise<string> {
  const client = new Client(z.string().parse(process.env.DATABASE_URL_SUPERUSER));
  await client.connect();
  const tables = await client.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relkind IN ('r')
        AND c.relnamespace = 'public'::regnamespace`,
  );
  const texts: string[] = [];
  for (const { name } of tables.rows) {
    const rows = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    texts.push(...rows.rows.map(({ row }) => row));
  }
  await client.end();
  return texts.join("\n");
}

test(`${KEYS} keys are nowhere in the clear`, async () => {
  const { organizationId } = flat.scope;
  const errors: string[] = [];
  const fails = async (work: Promise<unknown>) => {
    const error = await work.catch((thrown: unknown) => thrown);
    errors.push(inspect(error, { depth: 12, showHidden: true }), String(error));
    errors.push(JSON.stringify(error));
  };
  const ids: string[] = [];
  for (let place = 0; place < KEYS; place += 1) {
    const imported = await bringIn(place);
    if (!imported.ok) throw new Error(imported.error);
    ids.push(imported.value.vendingKeyId);
  }
  expect(await bringIn(1)).toEqual({ ok: false, error: "key-attributes-taken" });
  expect(await bringIn(2, { checkValue: "000000" })).toEqual({
    ok: false,
    error: "check-value-differs",
  });

  const heads = headFileIn(folder, ring.forPurpose("journal head file"));
  const vault = openVault({ keyEncryptionKey: ring.sealing, ring, heads });
  const stranger = openVault({ keyEncryptionKey: new SecretKey(randomBytes(32)) });
  for (let place = 0; place < 12; place += 1) {
    const vendingKeyId = ids[place * 80] ?? "";
    const meter = await makeSellingMeter(flat, { vendingKeyId, now: NOW });
    const sale = { tokenUnits: 99, randomNibble: 5, now: NOW };
    const { tokenSetId } = await reserveTokenSet(meter, sale);
    await fails(stranger.issue({ organizationId, tokenSetIds: [tokenSetId] }));
    const [outcome] = await vault.issue({ organizationId, tokenSetIds: [tokenSetId] });
    expect(outcome?.outcome).toBe("issued");
    errors.push(JSON.stringify(outcome));
    await fails(vault.manufacture({ organizationId, meterId: meter.meterId }));
  }
  await fails(vault.issue({ organizationId, tokenSetIds: [newId()] }));
  errors.push(inspect(vault, { depth: 12, showHidden: true }), inspect(ring, { depth: 12 }));
  errors.push(JSON.stringify(await vault.report()));
  await fails(signerPool().query("SELECT nothing FROM sealed_vending_key"));
  await heads.close();

  const all = [await everyRow(), ...said, ...errors].join("\n");
  expect(all.length).toBeGreaterThan(100_000);
  // The search finds what is there: a nonce's bytes would be found like a key's.
  const nonce = await signerPool().query<{ nonce: Buffer }>(
    "SELECT nonce FROM sealed_vending_key WHERE vending_key_id = $1",
    [ids[5]],
  );
  const known = nonce.rows[0]?.nonce.toString("hex") ?? "no nonce";
  const hidden = canaries.flatMap((canary) =>
    [...canary, keyOf(canary)].flatMap((bytes) => formsOf(bytes)),
  );
  expect(new Set(wordsIn(all, [known, ...hidden]))).toEqual(new Set([known]));
}, 120_000);
