import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testEnv } from "@/lib/platform";
import { CALLABLE_FUNCTIONS, OWNER_FUNCTIONS, WORD_FUNCTIONS } from "../core/callable-functions";
import { COLUMN_GRANTS, GLOBAL_TABLES, GRANTS, OWN_ROWS } from "../core/catalog-rules";
import { SIGNER_FUNCTIONS } from "../core/catalog-rules-signing";
import { CROSSING } from "../core/crossing-roles";

const ROLES = Object.keys(GRANTS);
let client: Client;

beforeAll(async () => {
  client = new Client({ connectionString: testEnv().DATABASE_URL });
  await client.connect();
});
afterAll(() => client.end());

async function column<T = string>(sql: string, values: unknown[] = []): Promise<readonly T[]> {
  const answer = await client.query({ text: sql, values, rowMode: "array" });
  return answer.rows.map((row: readonly T[]) => row[0] as T);
}

const TABLES = `SELECT c.oid, c.relname FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    AND c.relname <> '_prisma_migrations'`;
const OWNED = `${TABLES} AND c.relname <> ALL ($1::text[])`;
const globals = [[...GLOBAL_TABLES]];

describe("tables of an organization", () => {
  it("are all that are not listed as global, and no listed one is gone", async () => {
    const owned = await column(
      `SELECT t.relname FROM (${TABLES}) t JOIN pg_attribute a ON a.attrelid = t.oid
        AND a.attname = 'organization_id' AND a.attnotnull AND a.atttypid = 'uuid'::regtype
        ORDER BY 1`,
    );
    const all = await column(`SELECT relname FROM (${TABLES}) t ORDER BY 1`);
    expect(all.filter((name) => !owned.includes(name))).toEqual([...GLOBAL_TABLES].sort());
  });

  it("have the organization first in every key, unique and foreign key", async () => {
    const wrong = await column(
      `SELECT t.relname || '.' || k.conname FROM (${OWNED}) t
         JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('p', 'u', 'f', 'x')
         JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.conkey[1]
        WHERE a.attname <> 'organization_id'
           OR (k.contype = 'f' AND (SELECT attname FROM pg_attribute
                WHERE attrelid = k.confrelid AND attnum = k.confkey[1]) <> 'organization_id')`,
      globals,
    );
    expect(wrong).toEqual([]);
  });

  it("have the organization first in every unique index too", async () => {
    const wrong = await column(
      `SELECT i.indexrelid::regclass::text FROM (${OWNED}) t
         JOIN pg_index i ON i.indrelid = t.oid AND i.indisunique
         LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
        WHERE a.attname IS DISTINCT FROM 'organization_id'`,
      globals,
    );
    expect(wrong).toEqual([]);
  });

  it("restrict: no foreign key deletes, nulls or updates what it points from", async () => {
    const wrong = await column(
      `SELECT k.conname FROM (${TABLES}) t
         JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f'
        WHERE k.confdeltype NOT IN ('r', 'a')
           OR (t.relname <> ALL ($1::text[]) AND k.confupdtype NOT IN ('r', 'a'))`,
      globals,
    );
    expect(wrong).toEqual([]);
  });

  it("have row-level security on, and forced on their owner", async () => {
    const wrong = await column(
      `SELECT t.relname FROM (${OWNED}) t JOIN pg_class c ON c.oid = t.oid
        WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
      globals,
    );
    expect(wrong).toEqual([]);
  });

  it("show a role its own organization's rows alone, but for the listed crossings", async () => {
    const policies = await client.query<{
      tablename: string;
      roles: string[];
      qual: string;
      with_check: string | null;
      cmd: string;
    }>(
      `SELECT tablename, roles::text[], cmd, qual, with_check FROM pg_policies
        WHERE schemaname = 'public'`,
    );
    const crossings: string[] = [];
    for (const policy of policies.rows) {
      if (policy.qual === "true") {
        crossings.push(...policy.roles.map((role) => `${role} ${policy.tablename}`));
        continue;
      }
      expect(policy.qual, policy.tablename).toBe(OWN_ROWS);
      expect(policy.with_check, policy.tablename).toBe(OWN_ROWS);
      expect(policy.roles, policy.tablename).not.toContain("public");
    }
    const listed = Object.entries(CROSSING).flatMap(([role, tables]) =>
      tables.map((table) => `${role} ${table}`),
    );
    expect(crossings.sort()).toEqual(listed.sort());
  });

  it("name their money, energy and instants by type: bigint, bigint, timestamptz", async () => {
    const wrong = await column(
      `SELECT t.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
         FROM (${TABLES}) t
         JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE (a.attname ~ '(_minor|_wh)$' AND a.atttypid <> 'bigint'::regtype)
           OR (a.attname ~ '(^at|_at)$' AND a.atttypid <> 'timestamptz'::regtype)
           OR a.atttypid IN
            ('timestamp'::regtype, 'real'::regtype, 'float8'::regtype, 'money'::regtype)`,
    );
    expect(wrong).toEqual([]);
  });

  it("carry no trigger and no index on a hot table's status", async () => {
    const triggers = await column(`SELECT tgname FROM pg_trigger WHERE NOT tgisinternal`);
    const statusIndexes = await column(
      `SELECT i.indexrelid::regclass::text FROM (${TABLES}) t JOIN pg_index i ON i.indrelid = t.oid
         JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'status'
          AND a.attnum = ANY (i.indkey::int2[])`,
    );
    expect([...triggers, ...statusIndexes]).toEqual([]);
  });
});

describe("months of readings", () => {
  const MONTHS = `SELECT c.oid, c.relname FROM pg_class c JOIN pg_inherits h ON h.inhrelid = c.oid
    WHERE h.inhparent = 'reading'::regclass`;

  it("stand ready from 25 months ago to 13 ahead, without a gap", async () => {
    const months = await column(
      `SELECT to_char(m, 'YYYY_MM') FROM generate_series(
         date_trunc('month', now() AT TIME ZONE 'UTC') - interval '25 months',
         date_trunc('month', now() AT TIME ZONE 'UTC') + interval '13 months', '1 month') m`,
    );
    const made = await column(`SELECT relname FROM (${MONTHS}) t`);
    expect(months).toHaveLength(39);
    expect(made).toEqual(expect.arrayContaining(months.map((month) => `reading_${month}`)));
  });

  it("are reached through their parent alone: no grant and no policy lets in", async () => {
    const open = await column(
      `SELECT t.relname FROM (${MONTHS}) t JOIN pg_class c ON c.oid = t.oid
        WHERE c.relacl IS NOT NULL OR NOT c.relrowsecurity OR NOT c.relforcerowsecurity
           OR EXISTS (SELECT FROM pg_policy WHERE polrelid = t.oid)`,
    );
    expect(open).toEqual([]);
  });
});

describe("roles", () => {
  it("log in nowhere, bypass nothing, own no table and are members of nothing", async () => {
    const flags = await client.query(
      `SELECT rolname FROM pg_roles WHERE rolname = ANY ($1) AND NOT (rolsuper OR rolbypassrls
         OR rolcreaterole OR rolcreatedb OR rolreplication OR rolcanlogin)`,
      [ROLES],
    );
    expect(flags.rows.map((row) => row.rolname).sort()).toEqual([...ROLES].sort());
    const owners = await column(
      `SELECT t.relname FROM (${TABLES}) t JOIN pg_class c ON c.oid = t.oid
        WHERE pg_get_userbyid(c.relowner) = ANY ($1)`,
      [ROLES],
    );
    const members = await column(
      `SELECT roleid::regrole::text FROM pg_auth_members
        WHERE pg_get_userbyid(member) = ANY ($1)`,
      [ROLES],
    );
    expect([...owners, ...members]).toEqual([]);
  });

  it("include no migrator that is a superuser or bypasses policies", async () => {
    const answer = await client.query(
      `SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user`,
    );
    expect(answer.rows).toEqual([{ rolsuper: false, rolbypassrls: false }]);
  });

  it("hold exactly the listed rights on tables, and the public none", async () => {
    const rights = await column(
      `SELECT coalesce(nullif(g.grantee, 0)::regrole::text, 'PUBLIC') || ' ' || g.privilege_type
           || ' ' || t.relname
         FROM (${TABLES}) t JOIN pg_class c ON c.oid = t.oid, aclexplode(c.relacl) g
        WHERE g.grantee <> c.relowner`,
    );
    const listed = Object.entries(GRANTS).flatMap(([role, grants]) =>
      Object.entries(grants).flatMap(([privilege, tables]) =>
        (tables ?? []).map((table) => `${role} ${privilege} ${table}`),
      ),
    );
    expect([...rights].sort()).toEqual(listed.sort());
  });

  it("hold exactly the listed rights on columns", async () => {
    const rights = await column(
      `SELECT g.grantee::regrole::text || ' ' || g.privilege_type || ' ' || t.relname
           || '.' || a.attname
         FROM (${TABLES}) t JOIN pg_attribute a ON a.attrelid = t.oid, aclexplode(a.attacl) g`,
    );
    expect([...rights].sort()).toEqual([...COLUMN_GRANTS].sort());
  });

  it("hold nothing by default on what is made later", async () => {
    expect(await column(`SELECT oid::text FROM pg_default_acl`)).toEqual([]);
  });
});

describe("functions", () => {
  const OURS = `SELECT p.* FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
    WHERE p.pronamespace = 'public'::regnamespace AND l.lanname <> 'c'`;

  it("belong to the narrow role, and those that lend its rights fix their path", async () => {
    const wrong = await column(
      `SELECT proname FROM (${OURS}) p WHERE (pg_get_userbyid(proowner) <> 'voltlet_vend'
           AND proname <> ALL ($1::text[])) OR (prosecdef
           AND NOT coalesce(proconfig, '{}') @> ARRAY['search_path=pg_catalog, public'])`,
      [[...OWNER_FUNCTIONS]],
    );
    expect(wrong).toEqual([]);
  });

  it("are callable by web and worker as listed, and by nobody else", async () => {
    const rights = await column(
      `SELECT coalesce(nullif(g.grantee, 0)::regrole::text, 'PUBLIC') || ' ' || p.proname
         FROM (${OURS}) p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
        WHERE g.grantee <> p.proowner`,
    );
    const listed = CALLABLE_FUNCTIONS.flatMap((name) => [
      `voltlet_web ${name}`,
      `voltlet_worker ${name}`,
    ]);
    listed.push(...OWNER_FUNCTIONS.map((name) => `voltlet_worker ${name}`));
    listed.push(...WORD_FUNCTIONS.map((name) => `PUBLIC ${name}`));
    listed.push(...SIGNER_FUNCTIONS.map((name) => `voltlet_signer ${name}`));
    expect([...rights].sort()).toEqual(listed.sort());
  });
});

describe("a connection without a scope", () => {
  it.each([
    ["voltlet_web", "purchase"],
    ["voltlet_web", "meter_token"],
    ["voltlet_worker", "unit"],
  ])("of %s is refused on %s with an error, not with an empty answer", async (role, table) => {
    const url = role === "voltlet_web" ? testEnv().DATABASE_URL_WEB : testEnv().DATABASE_URL_WORKER;
    const stranger = new Client({ connectionString: url });
    await stranger.connect();
    try {
      await expect(stranger.query(`SELECT 1 FROM ${table}`)).rejects.toThrow(
        /voltlet\.organization_id/,
      );
    } finally {
      await stranger.end();
    }
  });

  it("carries nothing over from an aborted transaction", async () => {
    const web = new Client({ connectionString: testEnv().DATABASE_URL_WEB });
    await web.connect();
    try {
      await web.query("BEGIN");
      await web.query("SELECT set_config('voltlet.organization_id', $1, true)", [
        "00000000-0000-7000-8000-000000000001",
      ]);
      await expect(web.query("SELECT 1/0")).rejects.toThrow();
      await web.query("ROLLBACK");
      await expect(web.query("SELECT 1 FROM purchase")).rejects.toThrow(/uuid/);
    } finally {
      await web.end();
    }
  });
});
