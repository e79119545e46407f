import { createPublicKey, generateKeyPairSync, randomInt, sign } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { newId, systemClock, testEnv } from "@/lib/platform";
import { auditHeadBytes } from "../core/audit-head";
import { chainAudit, recordAudit } from "./audit";
import { auditInstant } from "./audit-rows";
import { inScope } from "./in-scope";
import { systemScope } from "./open-scopes";
import { createOrganization } from "./organizations";
import { listAudited, verifyOrganization } from "./verify-audit";

// A superuser, past every policy, foreign key and constraint, changes one byte of one value of the
// trail; each change is looked at from within its transaction and taken back.

const CHANGES = 1_000;
const ENTRIES = 24;
const HEAD_EVERY = 6;
const TABLES = ["audit_entry", "audit_link", "audit_head"] as const;

const superuserUrl = z.string().parse(process.env.DATABASE_URL_SUPERUSER);
const signer = generateKeyPairSync("ed25519").privateKey;
const publicKey = createPublicKey(signer).export({ format: "der", type: "spki" }).subarray(-32);
const now = systemClock.now();
const later = new Date(now.getTime() + 3_600_000);
let client: Client;
let organizationId: string;

beforeAll(async () => {
  client = new Client({ connectionString: superuserUrl });
  await client.connect();
  const name = "Acacia Court";
  organizationId = await createOrganization({ name, legalName: name, taxNumber: null, now });
  const scope = systemScope(organizationId, "test");
  for (let count = 1; count < ENTRIES; count++) {
    await inScope(scope, (tx) =>
      recordAudit(tx, {
        at: new Date(now.getTime() + count),
        action: "meter.blocked",
        subjectKind: "meter",
        subjectId: newId(),
        detail: { count },
        before: { status: "active", price: "24.50", isProved: true },
        after: { status: "blocked" },
        personal: { address: "203.0.113.9" },
      }),
    );
    if (count % HEAD_EVERY === HEAD_EVERY - 1) {
      await chainAudit(scope, now);
      await signHead();
    }
  }
});
afterAll(() => client.end());

/** What the signer does, by its role. */
async function signHead(): Promise<void> {
  const role = new Client({ connectionString: testEnv().DATABASE_URL_SIGNER });
  await role.connect();
  const last = await role.query<{ sequence: string; hash: Buffer; previous: string }>(
    `SELECT sequence, hash, (SELECT coalesce(max(sequence), 0) FROM audit_head h
       WHERE h.organization_id = $1) AS previous
       FROM audit_link WHERE organization_id = $1 ORDER BY sequence DESC LIMIT 1`,
    [organizationId],
  );
  const row = last.rows[0];
  if (!row) throw new Error("nothing to sign");
  const { hash } = row;
  const signedAt = auditInstant(now);
  const [sequence, previousSequence] = [BigInt(row.sequence), BigInt(row.previous)];
  const head = { organizationId, sequence, previousSequence, hash, signedAt, publicKey };
  await role.query("INSERT INTO audit_head VALUES ($1, $2, $3, $4, $5, $6, $7)", [
    organizationId,
    sequence,
    previousSequence,
    hash,
    now,
    publicKey,
    sign(null, auditHeadBytes(head), signer),
  ]);
  await role.end();
}

const query = async <Row>(text: string, values: readonly unknown[]) =>
  (await client.query(text, [...values])).rows as Row[];

/** The first fault in this organization, or in one that there was not before. */
async function findFault(known: readonly string[]): Promise<string | null> {
  const others = (await listAudited(query)).filter((id) => !known.includes(id));
  for (const id of [organizationId, ...others]) {
    const { fault } = await verifyOrganization(id, { publicKey, now: later, query });
    if (fault) return fault.code;
  }
  return null;
}

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
    case "bigint":
      return BigInt.asIntN(
        64,
        BigInt(text) ^ (BigInt(randomInt(1, 256)) << (8n * BigInt(randomInt(8)))),
      ).toString();
    case "timestamp with time zone": {
      const delta = randomInt(1, 256) * 256 ** randomInt(4);
      return new Date(new Date(text).getTime() + delta).toISOString();
    }
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

/** Changes a byte of a random value. False where it made nothing of another meaning. */
async function tamper(table: string): Promise<string | null> {
  const columns = await query<{ name: string; type: string }>(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = $1`,
    [table],
  );
  const column = columns[randomInt(columns.length)];
  if (!column) return null;
  const { name, type } = column;
  const rows = await query<{ ctid: string; value: string | null }>(
    `SELECT ctid::text, ${name}::text AS value FROM ${table} WHERE organization_id = $1`,
    [organizationId],
  );
  const row = rows[randomInt(rows.length)];
  const value = row?.value ? changed(type, row.value) : null;
  if (!row || value === null) return null;
  try {
    const done = await client.query(
      `UPDATE ${table} SET ${name} = $1::${type} WHERE ctid = $2::tid
         AND ${name} IS DISTINCT FROM $1::${type}`,
      [value, row.ctid],
    );
    return done.rowCount === 1 ? `${table}.${name} ${row.value} → ${value}` : null;
  } catch {
    return null; // no JSON, or no instant: PostgreSQL could not hold it
  }
}

it("finds nothing in a trail that nobody has touched", async () => {
  expect(await findFault(await listAudited(query))).toBeNull();
});

it(`finds every one of ${CHANGES} random changes of a byte by a superuser`, async () => {
  const known = await listAudited(query);
  const missed: string[] = [];
  const codes = new Map<string, number>();
  let count = 0;
  while (count < CHANGES) {
    await client.query("BEGIN");
    await client.query("SET LOCAL session_replication_role = replica");
    for (const table of TABLES) {
      const checks = await query<{ name: string }>(
        "SELECT conname AS name FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'c'",
        [table],
      );
      for (const { name } of checks) {
        await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
      }
    }
    const table = TABLES[randomInt(TABLES.length)] ?? "audit_entry";
    const what = await tamper(table);
    if (what) {
      count += 1;
      const code = await findFault(known);
      if (code === null) missed.push(what);
      else codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    await client.query("ROLLBACK");
  }
  process.stdout.write(`${count - missed.length} of ${count} changes found: `);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(codes))}\n`);
  expect(missed).toEqual([]);
}, 120_000);
