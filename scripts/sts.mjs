// `npm run -s sts`: makes and reads STS tokens, JSON lines in and out. Needs no database.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const path = await import("node:path");
const { pathToFileURL } = await import("node:url");
const { bundle } = await import("./lib/bundle.mjs");
const { root } = await import("./lib/layout.mjs");
const { runCommand } = await import("./lib/say-and-stop.mjs");

await runCommand(async () => {
  // What is named on the line goes before the environment.
  const tables = process.env.STS_STA_TABLES;
  const isNamed = process.argv.some((argument) => argument.startsWith("--sta-tables"));
  if (tables && !isNamed) process.argv.push("--sta-tables", tables);
  // A folder of its own for each run: two at once must not read half of what the other writes.
  const outdir = path.join(root, ".build/sts", String(process.pid));
  await bundle({ sts: "lib/sts/sts-command.ts" }, outdir);
  try {
    await import(pathToFileURL(path.join(outdir, "sts.mjs")).href);
  } finally {
    const { rm } = await import("node:fs/promises");
    await rm(outdir, { recursive: true, force: true });
  }
});
