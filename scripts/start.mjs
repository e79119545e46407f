// `npm start`: everything that Voltlet needs, on this machine, with no configuration.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const { existsSync, readFileSync, rmSync, writeFileSync } = await import("node:fs");
const { buildAll } = await import("./lib/build-all.mjs");
const { Installation } = await import("./lib/installation.mjs");
const { layoutOf } = await import("./lib/layout.mjs");
const { holdPort } = await import("./lib/ports.mjs");
const { runCommand, SayAndStop } = await import("./lib/say-and-stop.mjs");
const { stepTimer } = await import("./lib/steps.mjs");

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

/** Addresses that an operator made for the processes. */
function givenAddresses() {
  const roles = ["web", "worker", "signer", "auth", "auditor"];
  const given = roles.map((role) => [role, process.env[`DATABASE_URL_${role.toUpperCase()}`]]);
  return Object.fromEntries(given.filter(([, url]) => url));
}

async function openDatabase(installation, layout) {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const done = step("database");
  await installation.startPostgres();
  // A demo that was cut off half way is begun anew; nobody could have used that database yet.
  const anew = existsSync(layout.seedingMark);
  const url = await installation.makeDatabase(layout.database, { anew });
  done();
  return url;
}

async function seedDemo(installation, environments, layout) {
  if (!installation.superuserUrl) return;
  const done = step("demo");
  writeFileSync(layout.seedingMark, "");
  const isSeeded = await installation.seed(environments, layout.database);
  rmSync(layout.seedingMark);
  if (isSeeded) done();
}

function tell(layout, baseUrl, hasDemo) {
  const seconds = ((Date.now() - Number(process.env.VOLTLET_STARTED_AT)) / 1000).toFixed(1);
  console.log(`\nVoltlet is ready after ${seconds} s:  ${baseUrl}\n`);
  if (hasDemo && existsSync(layout.demoFile)) {
    const { signIns = [], meters = [] } = JSON.parse(readFileSync(layout.demoFile, "utf8"));
    for (const { who, email, password } of signIns) {
      console.log(`  ${who.padEnd(14)} ${email}  password ${password}`);
    }
    for (const { unit, meterNumber } of meters) {
      console.log(`  ${`unit ${unit}`.padEnd(14)} meter ${meterNumber}`);
    }
  }
  console.log(`\nLogs are in .data/logs. Ctrl-C stops it.`);
}

async function bringUp(installation, layout) {
  const host = process.env.HOST ?? "127.0.0.1";
  const held = await choosePort(host);
  const baseUrl = process.env.SITE_URL ?? `http://localhost:${held.port}`;
  const migratorUrl = await openDatabase(installation, layout);
  const isBuilt = step("build");
  const isMigrated = step("migrations");
  const [addresses] = await Promise.all([
    installation.prepareDatabase(migratorUrl, givenAddresses()).then((value) => {
      isMigrated();
      return value;
    }),
    buildAll(layout).then(() => isBuilt()),
  ]);
  const environments = installation.environments({ addresses, baseUrl });
  await installation.startSigner(environments);
  await seedDemo(installation, environments, layout);
  await held.release();
  const isUp = step("web and worker");
  installation.startWorker(environments);
  await installation.startWeb(environments, { port: held.port, host });
  isUp();
  tell(layout, baseUrl, installation.superuserUrl !== undefined);
}

await runCommand(async () => {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const layout = layoutOf("start");
  const installation = new Installation({ layout, report: (line) => console.log(line) });
  let stopping;
  const stop = (code) => {
    stopping ??= installation.close().then(() => process.exit(code));
    return stopping;
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(0));
  try {
    await bringUp(installation, layout);
  } catch (error) {
    // A stop in the middle makes steps fail; that is no news.
    if (stopping) return stopping;
    console.error(error instanceof SayAndStop ? error.message : error);
    await stop(1);
  }
});
