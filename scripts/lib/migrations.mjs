import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { withClient } from "./engine-adapter.mjs";
import { root } from "./layout.mjs";
import { runStep } from "./steps.mjs";

const folder = path.join(root, "prisma/migrations");

function migrationsHere() {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, "migration.sql")))
    .sort()
    .map((name) => {
      const script = readFileSync(path.join(folder, name, "migration.sql"));
      return `${name} ${createHash("sha256").update(script).digest("hex")}`;
    });
}

async function migrationsThere(migratorUrl) {
  return withClient(migratorUrl, async (client) => {
    const table = await client.query("select to_regclass('_prisma_migrations') as name");
    if (table.rows[0].name === null) return [];
    const { rows } = await client.query(
      `select migration_name || ' ' || checksum as line from _prisma_migrations
       where finished_at is not null and rolled_back_at is null order by migration_name`,
    );
    return rows.map(({ line }) => line);
  });
}

/** The months that readings go to: those that have come near since the last start are made. */
export async function makeReadingMonths(migratorUrl) {
  await withClient(migratorUrl, (client) => client.query("select reading_partitions_make()"));
}

/**
 * Brings the database up to the migrations of this checkout. The prisma CLI takes a second and a
 * half to find that there is nothing to do; asking its own table takes a few milliseconds.
 */
export async function migrate(migratorUrl) {
  const here = migrationsHere();
  if (here.length === 0) return;
  const there = await migrationsThere(migratorUrl);
  if (here.join("\n") === there.join("\n")) return;
  const env = { ...process.env, DATABASE_URL: migratorUrl };
  await runStep(["prisma", "migrate", "deploy"], { env });
}
