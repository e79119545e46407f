// The database that a command works on: an operator's, named in DATABASE_URL, or the embedded one.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { runningPort } from "../postgres.mjs";
import { addressFor, MIGRATOR } from "./database-roles.mjs";
import { withClient } from "./engine-adapter.mjs";
import { layoutOf, root } from "./layout.mjs";
import { SayAndStop } from "./say-and-stop.mjs";

const OLDEST_SERVER = 15;

/** The layout of a start, after `.env` is read: people's, or (VOLTLET_LAYOUT) the one of a test. */
export function layoutOfStart() {
  const kind = process.env.VOLTLET_LAYOUT || "start";
  if (kind === "start" && existsSync(".env")) process.loadEnvFile(".env");
  const databaseUrl = process.env.DATABASE_URL;
  if (databaseUrl && !/^postgres(ql)?:\/\/[^/]+\/./.test(databaseUrl)) {
    throw new SayAndStop("DATABASE_URL must read postgresql://user:password@host:port/database.");
  }
  return layoutOf(kind, { databaseUrl });
}

/** Addresses that an operator made for the processes. */
export function givenAddresses() {
  const roles = ["web", "worker", "signer", "auth", "auditor"];
  const given = roles.map((role) => [role, process.env[`DATABASE_URL_${role.toUpperCase()}`]]);
  return Object.fromEntries(given.filter(([, url]) => url));
}

/** The migrator's address: the one given, or the embedded server's, which is started for it. */
export async function openDatabase(installation, layout) {
  const given = process.env.DATABASE_URL;
  if (given) {
    await refuseUnfit(given);
    return given;
  }
  await installation.startPostgres();
  // A demo that was cut off half way is begun anew; nobody could have used that database yet.
  return installation.makeDatabase(layout.database, { anew: existsSync(layout.seedingMark) });
}

/** The migrator's address; the embedded server is started for it, and never made anew. */
export async function openStopped(installation, layout) {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  if (!existsSync(path.join(layout.postgres, "data"))) {
    throw new SayAndStop("There is no database here yet: npm start makes one.");
  }
  await installation.startPostgres();
  return installation.makeDatabase(layout.database);
}

/** The migrator's address of a database that runs already. */
export function runningDatabase(layout) {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const port = runningPort({ checkout: root, directory: layout.postgres });
  const secret = path.join(layout.secrets, "database-migrator");
  if (port === undefined || !existsSync(secret)) {
    throw new SayAndStop("The embedded PostgreSQL is not running: start it with npm start.");
  }
  const server = `postgresql://127.0.0.1:${port}/${layout.database}`;
  return addressFor(server, MIGRATOR, readFileSync(secret, "utf8").trim());
}

// Said before anything is made: a server too old, or a migrator to whom no policy applies.
async function refuseUnfit(url) {
  const found = await withClient(url, async (client) => {
    const { rows } = await client.query(
      `select current_setting('server_version_num')::int / 10000 as version,
              rolsuper or rolbypassrls as "isAboveRules", rolcreaterole as "mayMakeRoles"
         from pg_roles where rolname = current_user`,
    );
    return rows[0];
  }).catch((error) => {
    throw new SayAndStop(`The server in DATABASE_URL does not let us in: ${error.message}.`);
  });
  if (found.version < OLDEST_SERVER) {
    throw new SayAndStop(`PostgreSQL ${found.version} is too old: ${OLDEST_SERVER} is the oldest.`);
  }
  if (found.isAboveRules || !found.mayMakeRoles) {
    throw new SayAndStop(
      "DATABASE_URL must name a role that owns its database and is no superuser: row-level " +
        "security does not bind one. Make it with LOGIN CREATEROLE CREATEDB NOBYPASSRLS.",
    );
  }
}
