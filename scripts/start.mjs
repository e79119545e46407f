// `npm start`: everything that Voltlet needs, on this machine, with no configuration.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const path = await import("node:path");
const { buildAll } = await import("./lib/build-all.mjs");
const { Installation } = await import("./lib/installation.mjs");
const { decideProduction, findState } = await import("./lib/installation-mode.mjs");
const { root } = await import("./lib/layout.mjs");
const { givenAddresses, layoutOfStart, openDatabase } = await import("./lib/open-database.mjs");
const { holdPort } = await import("./lib/ports.mjs");
const { runInstallation } = await import("./lib/run-installation.mjs");
const { runCommand, SayAndStop } = await import("./lib/say-and-stop.mjs");
const { stepTimer } = await import("./lib/steps.mjs");
const { tellDemo } = await import("./lib/tell-demo.mjs");

const FIRST_PORT = 3_000;
const LAST_PORT = 3_099;
const step = stepTimer();

/** The port asked for, or the first free one; held until the web takes it over. */
async function choosePort(host) {
  const wanted = process.env.PORT;
  if (wanted) {
    const held = await holdPort(Number(wanted), host);
    if (held) return held;
    throw new SayAndStop(`Port ${wanted} is in use: name another in PORT, or none.`);
  }
  for (let port = FIRST_PORT; port <= LAST_PORT; port++) {
    const held = await holdPort(port, host);
    if (held) return held;
  }
  throw new SayAndStop(`No port from ${FIRST_PORT} to ${LAST_PORT} is free: name one in PORT.`);
}

/**
 * Practice or production. Nothing has decided yet: an operator's database becomes production, the
 * embedded one is to be filled with the demo, which makes it practice.
 */
async function modeOf(migratorUrl) {
  const { mode } = await findState(migratorUrl);
  return mode ?? (process.env.DATABASE_URL ? decideProduction(migratorUrl) : null);
}

async function tell({ layout, baseUrl, mode, migratorUrl }) {
  const seconds = ((Date.now() - Number(process.env.VOLTLET_STARTED_AT)) / 1000).toFixed(1);
  console.log(`\nVoltlet is ready after ${seconds} s:  ${baseUrl}\n`);
  if (mode !== "production") tellDemo(layout);
  else if ((await findState(migratorUrl)).isEmpty) {
    console.log("  Nobody is here yet: npm run setup prints the first administrator's link.");
  }
  console.log(`\nLogs are in ${path.relative(root, layout.logs)}. Ctrl-C stops it.`);
}

async function bringUp(installation, layout) {
  const host = process.env.HOST ?? "127.0.0.1";
  const held = await choosePort(host);
  const baseUrl = process.env.SITE_URL ?? `http://localhost:${held.port}`;
  const isOpen = step("database");
  const migratorUrl = await openDatabase(installation, layout);
  isOpen();
  const isBuilt = step("build");
  const isMigrated = step("migrations");
  const [addresses] = await Promise.all([
    installation.prepareDatabase(migratorUrl, givenAddresses()).then((value) => {
      isMigrated();
      return value;
    }),
    buildAll(layout).then(() => isBuilt()),
  ]);
  const mode = await modeOf(migratorUrl);
  const isProduction = mode === "production";
  const environments = installation.environments({ addresses, baseUrl, isProduction });
  await installation.startSigner(environments);
  if (mode === null) {
    const isSeeded = step("demo");
    await installation.seed(environments);
    isSeeded();
  }
  await held.release();
  const isUp = step("web and worker");
  installation.startWorker(environments);
  await installation.startWeb(environments, { port: held.port, host });
  isUp();
  await tell({ layout, baseUrl, mode, migratorUrl });
}

await runCommand(async () => {
  const layout = layoutOfStart();
  const installation = new Installation({ layout, report: (line) => console.log(line) });
  await runInstallation(installation, () => bringUp(installation, layout));
});
