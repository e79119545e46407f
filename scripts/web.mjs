// The web: Next.js behind one look at the door, in a process that ends with its supervisor.
// `node scripts/web.mjs PORT HOST`.
import { createServer } from "node:http";
import next from "next";
import { doorLimit } from "./lib/door-limit.mjs";
import { root } from "./lib/layout.mjs";

const LONGEST_STOP_MS = 3_000;
const [, , port, hostname] = process.argv;

const app = next({ dev: false, dir: root, hostname, port: Number(port) });
await app.prepare();
const handle = app.getRequestHandler();
const { SIGN_INS_PER_SECOND } = process.env;
const isTurnedAway = doorLimit(SIGN_INS_PER_SECOND ? Number(SIGN_INS_PER_SECOND) : undefined);

const server = createServer(async (request, response) => {
  if (!(await isTurnedAway(request, response))) await handle(request, response);
});

/** Answers what is under way and takes no more; what hangs is cut off. */
function stop() {
  setTimeout(() => process.exit(0), LONGEST_STOP_MS).unref();
  server.close(() => process.exit(0));
  server.closeIdleConnections();
}
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, stop);
process.on("disconnect", stop);

server.listen(Number(port), hostname);
