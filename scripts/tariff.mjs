// `npm run -s tariff`: prices purchases, JSON lines in and out. Needs no database and no server.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const path = await import("node:path");
const { pathToFileURL } = await import("node:url");
const { bundle } = await import("./lib/bundle.mjs");
const { root } = await import("./lib/layout.mjs");
const { runCommand } = await import("./lib/say-and-stop.mjs");

await runCommand(async () => {
  // A folder of its own for each run: two at once must not read half of what the other writes.
  const outdir = path.join(root, ".build/tariff", String(process.pid));
  await bundle({ tariff: "lib/tariffs/tariff-command.ts" }, outdir);
  try {
    await import(pathToFileURL(path.join(outdir, "tariff.mjs")).href);
  } finally {
    const { rm } = await import("node:fs/promises");
    await rm(outdir, { recursive: true, force: true });
  }
});
