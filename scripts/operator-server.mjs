// For tests alone: another PostgreSQL beside the test's own, as an operator would have one, with a
// migrator that is no superuser and empty databases. Prints their addresses as one line of JSON and
// runs until whoever started it ends. `node scripts/operator-server.mjs DATABASE …`
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url, { forTests: true });
const { randomBytes } = await import("node:crypto");
const { mkdirSync } = await import("node:fs");
const path = await import("node:path");
const { default: pg } = await import("pg");
const { addressFor } = await import("./lib/database-roles.mjs");
const { withClient } = await import("./lib/engine-adapter.mjs");
const { layoutOf, root } = await import("./lib/layout.mjs");
const { runCommand } = await import("./lib/say-and-stop.mjs");
const { Supervisor } = await import("./lib/supervisor.mjs");
const { preparePostgres, untilReady } = await import("./postgres.mjs");

const OPERATOR = "operator";
const name = (text) => pg.escapeIdentifier(text);

/** As superuser: nothing but the server's own is left, then the operator and their databases. */
async function makeAnew(superuserUrl, { databases, password }) {
  await withClient(superuserUrl, async (client) => {
    const old = await client.query("select datname from pg_database where datallowconn");
    const gone = old.rows
      .map((row) => row.datname)
      .filter((it) => !/^(postgres|template1)$/.test(it));
    for (const database of gone) await client.query(`drop database ${name(database)} with (force)`);
    const roles = await client.query(
      "select rolname from pg_roles where rolname !~ '^pg_' and rolname <> current_user",
    );
    // In one statement: who granted a membership cannot go before it.
    const list = roles.rows.map(({ rolname }) => name(rolname)).join(", ");
    if (list) await client.query(`drop role ${list}`);
    await client.query(
      `create role ${name(OPERATOR)} login createrole createdb nosuperuser nobypassrls
       password ${pg.escapeLiteral(password)}`,
    );
    for (const database of databases) {
      await client.query(`create database ${name(database)} owner ${name(OPERATOR)}`);
    }
  });
}

await runCommand(async () => {
  const databases = process.argv.slice(2);
  const home = path.join(layoutOf("test").home, "operator-server");
  const layout = { run: path.join(home, "run"), logs: path.join(home, "logs") };
  for (const folder of Object.values(layout)) mkdirSync(folder, { recursive: true });
  const supervisor = new Supervisor({ layout, report: (line) => console.error(line) });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => supervisor.stop().then(() => process.exit(0)));
  }
  const directory = path.join(home, "postgres");
  const server = await preparePostgres({ checkout: root, directory });
  supervisor.start({ name: "postgres", isDatabase: true, ...server });
  const superuserUrl = server.urlOf("postgres");
  await untilReady(superuserUrl);
  const password = randomBytes(24).toString("base64url");
  await makeAnew(superuserUrl, { databases, password });
  const addresses = databases.map((database) => ({
    migratorUrl: addressFor(server.urlOf(database), OPERATOR, password),
    superuserUrl: server.urlOf(database),
  }));
  console.log(JSON.stringify(addresses));
});
