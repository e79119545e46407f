// `npm run -s db:url`: the migrator's address of the running embedded server, and nothing else, on
// standard output, so that `DATABASE_URL=$(npm run -s db:url) npx prisma studio` works.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const { layoutOf } = await import("./lib/layout.mjs");
const { runningDatabase } = await import("./lib/open-database.mjs");
const { runCommand } = await import("./lib/say-and-stop.mjs");

await runCommand(async () => {
  console.log(runningDatabase(layoutOf(process.argv[2] === "test" ? "test" : "start")));
});
