// `npm run -s db:url`: the migrator's address of the running embedded server, and nothing else, on
// standard output, so that `DATABASE_URL=$(npm run -s db:url) npx prisma studio` works.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const { existsSync, readFileSync } = await import("node:fs");
const path = await import("node:path");
const { addressFor, MIGRATOR } = await import("./lib/database-roles.mjs");
const { layoutOf, root } = await import("./lib/layout.mjs");
const { runCommand, SayAndStop } = await import("./lib/say-and-stop.mjs");
const { runningPort } = await import("./postgres.mjs");

await runCommand(async () => {
  if (process.env.DATABASE_URL) return console.log(process.env.DATABASE_URL);
  const layout = layoutOf(process.argv[2] === "test" ? "test" : "start");
  const port = runningPort({ checkout: root, directory: layout.postgres });
  const secret = path.join(layout.secrets, "database-migrator");
  if (port === undefined || !existsSync(secret)) {
    throw new SayAndStop("The embedded PostgreSQL is not running: start it with npm start.");
  }
  const server = `postgresql://127.0.0.1:${port}/${layout.database}`;
  console.log(addressFor(server, MIGRATOR, readFileSync(secret, "utf8").trim()));
});
