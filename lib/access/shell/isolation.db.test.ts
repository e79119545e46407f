import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock, testEnv } from "@/lib/platform";
import { makeWholeOrganization } from "@/prisma/seed/roles/whole-organization";
import { COLUMN_GRANTS, GLOBAL_TABLES, GRANTS } from "../core/catalog-rules";
import { CROSSING } from "../core/crossing-roles";

// Every table of an organization × select, insert, update, delete × every role × own and foreign
// organization, straight in SQL. What must come of each is read from the catalog's rules.

const OPERATIONS = ["SELECT", "INSERT", "UPDATE", "DELETE"] as const;
type Operation = (typeof OPERATIONS)[number];
const ROLES = Object.keys(GRANTS);

let client: Client;
let tables: readonly string[];
let own: string;
let foreign: string;

beforeAll(async () => {
  const now = systemClock.now();
  own = await makeWholeOrganization(now);
  foreign = await makeWholeOrganization(now);
  client = new Client({ connectionString: testEnv().DATABASE_URL });
  await client.connect();
  const found = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> '_prisma_migrations'
        AND relname <> ALL ($1) ORDER BY 1`,
    [[...GLOBAL_TABLES]],
  );
  tables = found.rows.map((row) => row.name);
  const made = await client.query<{ name: string; written: string }>(
    `SELECT attrelid::regclass::text AS name, string_agg(quote_ident(attname), ', ') AS written
       FROM pg_attribute WHERE attrelid = ANY ($1::regclass[]) AND attnum > 0
        AND NOT attisdropped AND attgenerated = '' GROUP BY 1`,
    [tables],
  );
  for (const { name, written } of made.rows) columns.set(name, written);
});
afterAll(() => client.end());

/** Does something as a role, in a transaction that is taken back. The owner may play every role. */
async function playing<T>(role: string, scope: string | null, work: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    await client.query(`GRANT ${role} TO CURRENT_USER`);
    await client.query(`SET LOCAL ROLE ${role}`);
    if (scope) {
      await client.query("SELECT set_config('voltlet.organization_id', $1, true)", [scope]);
    }
    return await work();
  } finally {
    await client.query("ROLLBACK");
  }
}

/** A number of rows, or PostgreSQL's code for why not. */
async function attempt(sql: string, values: readonly unknown[]): Promise<number | string> {
  try {
    const answer = await client.query(sql, [...values]);
    return answer.rowCount ?? 0;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "no code";
  }
}

const mayDoWhole = (role: string, operation: Operation, table: string) =>
  (GRANTS[role]?.[operation] ?? []).includes(table);
const columnGrants = (role: string, operation: Operation, table: string) =>
  COLUMN_GRANTS.flatMap((grant) => grant.split(`${role} ${operation} ${table}.`)[1] ?? []);
// A right on the one column that the statements below name is enough for them.
const mayDo = (role: string, operation: Operation, table: string) =>
  mayDoWhole(role, operation, table) || columnGrants(role, operation, table).length > 0;
/** The column an update names: one that the role may change, or else the owner. */
const changedColumn = (role: string, table: string) =>
  (mayDoWhole(role, "UPDATE", table) ? undefined : columnGrants(role, "UPDATE", table)[0]) ??
  "organization_id";
const crosses = (role: string, table: string) =>
  ((CROSSING as Readonly<Record<string, readonly string[]>>)[role] ?? []).includes(table);

/** A row of an organization, as a role that may read it sees it. */
async function rowOf(table: string, organizationId: string): Promise<unknown> {
  const reader = ROLES.find((role) => mayDo(role, "SELECT", table));
  if (!reader) throw new Error(`nobody may read ${table}`);
  return playing(reader, organizationId, async () => {
    const sql = `SELECT to_jsonb(t) AS row FROM ${table} t WHERE organization_id = $1 LIMIT 1`;
    return (await client.query(sql, [organizationId])).rows[0]?.row;
  });
}

async function run(
  operation: Operation,
  table: string,
  organizationId: string,
  changed = "organization_id",
): Promise<number | string> {
  const mine = "WHERE organization_id = $1";
  switch (operation) {
    case "SELECT":
      return attempt(`SELECT 1 FROM ${table} ${mine}`, [organizationId]);
    case "UPDATE":
      return attempt(`UPDATE ${table} SET ${changed} = ${changed} ${mine}`, [organizationId]);
    case "DELETE":
      return attempt(`DELETE FROM ${table} ${mine}`, [organizationId]);
    case "INSERT": {
      const written = columns.get(table);
      return attempt(
        `INSERT INTO ${table} (${written})
         SELECT ${written} FROM jsonb_populate_record(NULL::${table}, $1)`,
        [JSON.stringify(rows.get(`${table} ${organizationId}`))],
      );
    }
  }
}

/** The columns of each table that are written; the database makes the others of these itself. */
const columns = new Map<string, string>();

const rows = new Map<string, unknown>();
const NO_RIGHT = "42501"; // also what a policy's WITH CHECK answers
// Stopped only by a key that is there already, or used.
const PASSED_THE_POLICY = ["23505", "23503", "23001"];

function isDone(outcome: number | string): boolean {
  return typeof outcome === "number" ? outcome > 0 : PASSED_THE_POLICY.includes(outcome);
}

it("has a row of both organizations in every table, or the rest would prove nothing", async () => {
  for (const table of tables) {
    for (const organizationId of [own, foreign]) {
      const row = await rowOf(table, organizationId);
      expect(row, `${table} has no row`).toBeDefined();
      rows.set(`${table} ${organizationId}`, row);
    }
  }
});

describe.each(ROLES)("%s", (role) => {
  it.each(OPERATIONS)(
    "may %s its own organization's rows where it is granted, nowhere else",
    async (operation) => {
      for (const table of tables) {
        const changed = changedColumn(role, table);
        const outcome = await playing(role, own, () => run(operation, table, own, changed));
        const says = `${role} ${operation} ${table}: ${outcome}`;
        if (mayDo(role, operation, table)) expect(isDone(outcome), says).toBe(true);
        else expect(outcome, says).toBe(NO_RIGHT);
      }
    },
  );

  it.each(OPERATIONS)(
    "cannot %s a foreign organization's rows, but where it is to cross",
    async (operation) => {
      for (const table of tables) {
        const changed = changedColumn(role, table);
        const outcome = await playing(role, own, () => run(operation, table, foreign, changed));
        const says = `${role} ${operation} ${table}: ${outcome}`;
        if (!mayDo(role, operation, table)) expect(outcome, says).toBe(NO_RIGHT);
        else if (crosses(role, table)) expect(isDone(outcome), says).toBe(true);
        else expect(outcome, says).toBe(operation === "INSERT" ? NO_RIGHT : 0);
      }
    },
  );

  it("cannot give its own rows to a foreign organization", async () => {
    for (const table of tables) {
      if (!mayDoWhole(role, "UPDATE", table) || crosses(role, table)) continue;
      const sql = `UPDATE ${table} SET organization_id = $2 WHERE organization_id = $1`;
      const outcome = await playing(role, own, () => attempt(sql, [own, foreign]));
      expect(outcome, `${role} ${table}`).toBe(NO_RIGHT);
    }
  });

  it("is refused without a scope, but where it is to cross", async () => {
    for (const table of tables) {
      if (!mayDo(role, "SELECT", table) || crosses(role, table)) continue;
      const outcome = await playing(role, null, () => run("SELECT", table, own));
      expect(["42704", "22P02"], `${role} ${table}: ${outcome}`).toContain(outcome);
    }
  });
});
