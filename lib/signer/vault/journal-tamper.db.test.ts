import { randomBytes, randomInt } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { decideInstallationMode } from "@/lib/access";
import { closePools } from "@/lib/platform/databases";
import { SecretKey } from "@/lib/sts";
import { makeFlat } from "@/prisma/seed/flat";
import { makeSellingMeter, reserveTokenSet } from "@/prisma/seed/reservation";
import { CHAIN } from "./journal";
import { openVault } from "./open-vault";
import { type KeptEnd, listJournalled, verifyJournalOf } from "./verify-journal";

// A superuser, past every policy, foreign key and constraint, changes one byte of one value of the
// journal, or takes rows away; each change is looked at from within its transaction and taken back.

const CHANGES = 1_000;
const SALES = 24;
const NOW = new Date("2026-06-01T08:30:00Z");
const superuserUrl = z.string().parse(process.env.DATABASE_URL_SUPERUSER);
const client = new Client({ connectionString: superuserUrl });
let now = NOW;
const vault = openVault({
  keyEncryptionKey: new SecretKey(randomBytes(32)),
  clock: { now: () => now },
});
let organizationId: string;
let publicKey: Buffer;
let kept: readonly KeptEnd[];

beforeAll(async () => {
  await client.connect();
  await decideInstallationMode("practice", NOW);
  const flat = await makeFlat(NOW);
  ({ organizationId } = flat.scope);
  const attributes = { supplyGroupCode: "999907", keyRevisionNumber: 1, keyExpiryNumber: 255 };
  const made = await vault.generatePracticeKey({
    organizationId,
    ...attributes,
    baseDateYear: 2014,
  });
  if (!made.ok) throw new Error(made.error);
  const meter = await makeSellingMeter(flat, { vendingKeyId: made.value.vendingKeyId, now });
  for (let count = 1; count <= SALES; count++) {
    const soldAt = new Date(NOW.getTime() + count * 60_000);
    const sale = { tokenUnits: 204, randomNibble: count % 16, now: soldAt };
    const { tokenSetId } = await reserveTokenSet(meter, sale);
    const [outcome] = await vault.issue({ organizationId, tokenSetIds: [tokenSetId] });
    expect(outcome?.outcome).toBe("issued");
    if (count % 8 === 0) {
      now = new Date(now.getTime() + 86_400_000);
      await vault.signJournalHeads();
    }
  }
  publicKey = Buffer.from((await vault.report()).journalPublicKeyHex, "hex");
  kept = vault.listKeptHeads().filter((head) => head.organizationId === organizationId);
}, 60_000);

afterAll(async () => {
  await client.end();
  await closePools();
});

const query = async <Row>(text: string, values: readonly unknown[]) =>
  (await client.query(text, [...values])).rows as Row[];

const verify = (change: { readonly kept?: readonly KeptEnd[] } = {}) =>
  verifyJournalOf(organizationId, { publicKey, kept, query, ...change });

/** Does something as nobody may, looks, and takes it back. */
async function after(text: string, values: readonly unknown[] = []) {
  await client.query("BEGIN");
  try {
    await client.query("SET LOCAL session_replication_role = replica");
    const done = await client.query(text, [...values]);
    expect(done.rowCount).toBeGreaterThan(0);
    return (await verify()).fault;
  } finally {
    await client.query("ROLLBACK");
  }
}

const ours = () => `organization_id = '${organizationId}' AND chain = '${CHAIN}'`;

it("finds nothing in a journal that nobody has touched", async () => {
  expect(await verify()).toMatchObject({ entries: BigInt(SALES), signed: 24n, fault: null });
});

it("names the first entry that is missing, and an end cut off with its heads", async () => {
  const gone = await after(`DELETE FROM journal_entry WHERE ${ours()} AND sequence IN (7, 9)`);
  expect(gone).toMatchObject({ code: "sequence-broken", row: "7" });
  const cut = await after(
    `WITH heads AS (DELETE FROM journal_head WHERE ${ours()} AND sequence > 20)
     DELETE FROM journal_entry WHERE ${ours()} AND sequence > 20`,
  );
  expect(cut).toMatchObject({ code: "end-cut-off", row: "21" });
  // Without the file beside the database the signed heads alone would have had to tell.
  await client.query("BEGIN");
  await client.query(`DELETE FROM journal_entry WHERE ${ours()} AND sequence > 20`);
  const { fault } = await verify({ kept: [] });
  await client.query("ROLLBACK");
  expect(fault).toMatchObject({ code: "head-not-in-chain", row: "24" });
});

it("names the first of two entries that changed places", async () => {
  const swapped = await after(
    `UPDATE journal_entry SET sequence = CASE sequence WHEN 4 THEN 1004 ELSE 4 END
      WHERE ${ours()} AND sequence IN (4, 5)`,
  );
  expect(swapped).toMatchObject({ code: "link-broken", row: "4" });
});

it("names a signed head that was taken away, and one of another key", async () => {
  const gone = await after(`DELETE FROM journal_head WHERE ${ours()} AND sequence = 16`);
  expect(gone).toMatchObject({ code: "head-missing", row: "16" });
  const another = await after(
    `UPDATE journal_head SET public_key = $1 WHERE ${ours()} AND sequence = 16`,
    [randomBytes(32)],
  );
  expect(another).toMatchObject({ code: "head-of-another-key", row: "16" });
});

it("names a token that no purchase explains, and one that the journal does not know", async () => {
  const orphan = await after(
    `DELETE FROM purchase WHERE organization_id = $1 AND id = (SELECT s.purchase_id
       FROM token_set s JOIN journal_entry e ON e.organization_id = s.organization_id
        AND e.token_set_id = s.id WHERE e.organization_id = $1 AND e.sequence = 3)`,
    [organizationId],
  );
  expect(orphan).toMatchObject({ code: "no-owner", row: "3" });
  const token = await after(
    `INSERT INTO meter_token (organization_id, token_set_id, position, digits, issued_at)
     VALUES ($1, gen_random_uuid(), 1, '12345678901234567890', now())`,
    [organizationId],
  );
  expect(token?.code).toBe("token-not-journalled");
});

/** A value with one byte of it changed, as text for PostgreSQL; null where nothing can be. */
function changed(type: string, text: string): string | null {
  switch (type) {
    case "uuid":
    case "bytea": {
      const bytes = Buffer.from(text.replaceAll("-", "").replace("\\x", ""), "hex");
      const at = randomInt(bytes.length);
      bytes.writeUInt8(bytes.readUInt8(at) ^ randomInt(1, 256), at);
      return `${type === "bytea" ? "\\x" : ""}${bytes.toString("hex")}`;
    }
    case "integer":
    case "bigint":
      return (BigInt(text) ^ BigInt(1 << randomInt(16))).toString();
    case "timestamp with time zone":
      return new Date(
        new Date(text).getTime() + randomInt(1, 256) * 256 ** randomInt(4),
      ).toISOString();
    case "text":
    case "jsonb": {
      const at = randomInt(text.length);
      const other = String.fromCharCode(randomInt(32, 127));
      return `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
    }
    default:
      throw new Error(`no byte of ${type} is changed`);
  }
}

/** Changes a byte of a random value; null where it made nothing of another meaning. */
async function tamper(table: "journal_entry" | "journal_head"): Promise<string | null> {
  const columns = await query<{ name: string; type: string }>(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = $1`,
    [table],
  );
  const { name, type } = columns[randomInt(columns.length)] ?? { name: "", type: "" };
  const rows = await query<{ ctid: string; value: string | null }>(
    `SELECT ctid::text, ${name}::text AS value FROM ${table} WHERE ${ours()}`,
    [],
  );
  const row = rows[randomInt(rows.length)];
  const value = row?.value ? changed(type, row.value) : null;
  if (!row || value === null) return null;
  await client.query("SAVEPOINT one");
  try {
    const done = await client.query(
      `UPDATE ${table} SET ${name} = $1::${type} WHERE ctid = $2::tid
         AND ${name} IS DISTINCT FROM $1::${type}`,
      [value, row.ctid],
    );
    return done.rowCount === 1 ? `${table}.${name} ${row.value} → ${value}` : null;
  } catch {
    await client.query("ROLLBACK TO SAVEPOINT one");
    return null; // no JSON, no instant, or a place that is taken: PostgreSQL could not hold it
  }
}

/** The first fault in this organization, or in one that there was not before. */
async function faultBeyond(known: readonly string[]) {
  const others = (await listJournalled({ kept, query })).filter((id) => !known.includes(id));
  for (const id of [organizationId, ...others]) {
    const { fault } = await verifyJournalOf(id, { publicKey, kept, query });
    if (fault) return fault;
  }
  return null;
}

it(`finds every one of ${CHANGES} random changes of a byte by a superuser`, async () => {
  const known = await listJournalled({ kept, query });
  const missed: string[] = [];
  const codes = new Map<string, number>();
  for (let count = 0; count < CHANGES; ) {
    await client.query("BEGIN");
    await client.query("SET LOCAL session_replication_role = replica");
    const checks = await query<{ at: string; name: string }>(
      `SELECT conrelid::regclass::text AS at, conname AS name FROM pg_constraint
        WHERE conrelid IN ('journal_entry'::regclass, 'journal_head'::regclass)
          AND contype = 'c'`,
      [],
    );
    for (const { at, name } of checks) {
      await client.query(`ALTER TABLE ${at} DROP CONSTRAINT ${name}`);
    }
    const what = await tamper(randomInt(4) === 0 ? "journal_head" : "journal_entry");
    if (what) {
      count += 1;
      const fault = await faultBeyond(known);
      if (fault === null) missed.push(what);
      else codes.set(fault.code, (codes.get(fault.code) ?? 0) + 1);
    }
    await client.query("ROLLBACK");
  }
  process.stdout.write(`${CHANGES - missed.length} of ${CHANGES} changes found: `);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(codes))}\n`);
  expect(missed).toEqual([]);
}, 120_000);
