// `npm run setup`: prints the one-time link with which the first administrator of a production
// installation signs up. Run it again for another link; it ends the former.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const { existsSync, readFileSync } = await import("node:fs");
const path = await import("node:path");
const { generate } = await import("./lib/build-all.mjs");
const { bundle } = await import("./lib/bundle.mjs");
const { hasTable } = await import("./lib/installation-mode.mjs");
const { root } = await import("./lib/layout.mjs");
const { layoutOfStart, runningDatabase } = await import("./lib/open-database.mjs");
const { runCommand, SayAndStop } = await import("./lib/say-and-stop.mjs");
const { runStep } = await import("./lib/steps.mjs");

const HAS_PEOPLE = 3;

/** The address that people type: configured, or that of the start which runs now. */
function siteUrl(layout) {
  if (process.env.SITE_URL) return process.env.SITE_URL;
  if (existsSync(layout.siteUrlFile)) return readFileSync(layout.siteUrlFile, "utf8");
  return `http://localhost:${process.env.PORT || 3000}`;
}

await runCommand(async () => {
  const layout = layoutOfStart();
  const databaseUrl = runningDatabase(layout);
  if (!(await hasTable(databaseUrl, "setup_link"))) {
    throw new SayAndStop("This database is not set up yet: npm start makes its tables.");
  }
  await generate();
  const outdir = path.join(root, ".build/setup");
  await bundle({ setup: "lib/identity/setup-command.ts" }, outdir);
  const env = {
    ...process.env,
    VOLTLET_PROCESS: "setup",
    NODE_ENV: "production",
    SITE_URL: siteUrl(layout),
    DATABASE_URL_AUTH: databaseUrl,
  };
  const command = [process.execPath, "--enable-source-maps", path.join(outdir, "setup.mjs")];
  const { status, output } = await runStep(command, { env, check: false });
  if (status === HAS_PEOPLE) {
    throw new SayAndStop(
      "There is somebody already: an administrator can add you. No link is made.",
    );
  }
  if (status !== 0) throw new SayAndStop(`${output}\nNo link could be made.`);
  console.log("Open this address within an hour to become the first administrator. It works once:");
  console.log(`\n  ${output.trim()}\n`);
});
