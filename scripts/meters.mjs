// `npm run -s meters`: the numbers that several organizations claim, for the operator to decide;
// `npm run -s meters -- verify NUMBER --for ORGANIZATION-ID --reason "…"` does. As the owner of the
// database, while Voltlet runs.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const path = await import("node:path");
const { generate } = await import("./lib/build-all.mjs");
const { bundle } = await import("./lib/bundle.mjs");
const { hasTable } = await import("./lib/installation-mode.mjs");
const { root } = await import("./lib/layout.mjs");
const { layoutOfStart, runningDatabase } = await import("./lib/open-database.mjs");
const { runCommand, SayAndStop } = await import("./lib/say-and-stop.mjs");
const { runStep } = await import("./lib/steps.mjs");

await runCommand(async () => {
  const databaseUrl = runningDatabase(layoutOfStart());
  if (!(await hasTable(databaseUrl, "meter_wish"))) {
    throw new SayAndStop("This database is not set up yet: npm start makes its tables.");
  }
  await generate();
  const outdir = path.join(root, ".build/meters");
  await bundle({ meters: "lib/property/meters-command.ts" }, outdir);
  const env = {
    ...process.env,
    VOLTLET_PROCESS: "operator",
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
  };
  const bundled = path.join(outdir, "meters.mjs");
  const command = [process.execPath, "--enable-source-maps", bundled, ...process.argv.slice(2)];
  const { status } = await runStep(command, { env, show: true, check: false });
  process.exitCode = status;
});
