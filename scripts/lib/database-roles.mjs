// Who may log in to the database: the migrator, who owns everything and is no superuser, and one
// login for each process, which is a member of the group that the migrations granted to.
import pg from "pg";
import { withClient } from "./engine-adapter.mjs";

export const MIGRATOR = "voltlet_migrator";
export const PROCESS_ROLES = ["web", "worker", "signer", "auth", "auditor"];

const name = (text) => pg.escapeIdentifier(text);
const literal = (text) => pg.escapeLiteral(text);

/** The same server and database as another role. */
export function addressFor(url, user, password) {
  const address = new URL(url);
  address.username = encodeURIComponent(user);
  address.password = encodeURIComponent(password);
  return address.href;
}

/**
 * As superuser of the embedded server: the migrator and a database that it owns. A migrator that
 * bypassed row-level security would make every policy a decoration, so the attributes are set anew
 * each time.
 */
export async function makeMigrator({ superuserUrl, database, password }) {
  await withClient(superuserUrl("postgres"), async (client) => {
    const role = await client.query("select 1 from pg_roles where rolname = $1", [MIGRATOR]);
    if (role.rowCount === 0) await client.query(`create role ${name(MIGRATOR)}`);
    await client.query(
      `alter role ${name(MIGRATOR)} login createrole createdb nosuperuser nobypassrls
       password ${literal(password)}`,
    );
    const found = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (found.rowCount > 0) return;
    await client.query(`create database ${name(database)} owner ${name(MIGRATOR)}`);
  });
}

/** As superuser: removes a database and whoever is connected to it. */
export async function dropDatabaseNamed({ superuserUrl, database }) {
  await withClient(superuserUrl("postgres"), (client) =>
    client.query(`drop database if exists ${name(database)} with (force)`),
  );
}

/**
 * As migrator: the logins `<database>_web` and so on, for those roles that have a password here.
 * Gives their addresses by role. Groups that no migration has made yet are left out.
 */
export async function makeLogins({ migratorUrl, passwords }) {
  return withClient(migratorUrl, async (client) => {
    const { rows } = await client.query(
      `select current_database() as database, pg_get_userbyid(datdba) = current_user as owns
       from pg_database where datname = current_database()`,
    );
    const [{ database, owns }] = rows;
    // Nobody connects who was not let in; an owner of the server may have decided otherwise.
    if (owns) await client.query(`revoke all on database ${name(database)} from public`);
    const addresses = {};
    for (const [role, password] of Object.entries(passwords)) {
      const group = `voltlet_${role}`;
      // An operator's database may be called `voltlet`; a login cannot have its group's name.
      const login = `${database}_${role}` === group ? `${group}_login` : `${database}_${role}`;
      await makeLogin(client, { login, password, group });
      if (owns) await client.query(`grant connect on database ${name(database)} to ${name(login)}`);
      addresses[role] = addressFor(migratorUrl, login, password);
    }
    return addresses;
  });
}

async function makeLogin(client, { login, password, group }) {
  const { rows } = await client.query(
    `select to_regrole($1) is not null as login, to_regrole($2) is not null as "group"`,
    [name(login), name(group)],
  );
  const [found] = rows;
  if (!found.login) await client.query(`create role ${name(login)}`);
  await client.query(
    `alter role ${name(login)} login inherit nocreatedb nocreaterole
     password ${literal(password)}`,
  );
  // A page asks for some hundred rows by an index: compiling its statement first would take longer.
  await client.query(`alter role ${name(login)} set jit = off`);
  if (found.group) await client.query(`grant ${name(group)} to ${name(login)}`);
}
