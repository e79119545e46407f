// Next.js's own `next start`, in a process that ends with its supervisor.
// `node scripts/web.mjs PORT HOST`.
import path from "node:path";

const LONGEST_STOP_MS = 3_000;
const [, , port, host] = process.argv;
const cli = path.join(path.dirname(import.meta.dirname), "node_modules/next/dist/bin/next");

process.on("disconnect", () => {
  setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
  process.kill(process.pid, "SIGTERM");
});
process.argv = [process.execPath, cli, "start", "-p", port, "-H", host];
await import(cli);
