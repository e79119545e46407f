// `npm test`: the checks, the database tests, the journeys and the crash test, with all that they
// need set up in folders of their own: two installations, so that both cores have something to do.
// `npm test -- check|db|e2e [filter …]` runs one of them; the last runs for as long as you like by
// `npm run test:crash -- --seed N --rounds N`.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url, { forTests: true });
const { mkdirSync, rmSync } = await import("node:fs");
const path = await import("node:path");
const { parseArgs } = await import("node:util");
const { bringUp } = await import("./lib/bring-up.mjs");
const { buildAll, generate } = await import("./lib/build-all.mjs");
const { runChecks } = await import("./lib/checks.mjs");
const { chromiumEnvironment } = await import("./lib/chromium.mjs");
const { Installation } = await import("./lib/installation.mjs");
const { layoutOf, root } = await import("./lib/layout.mjs");
const { freePort } = await import("./lib/ports.mjs");
const { runCommand, SayAndStop } = await import("./lib/say-and-stop.mjs");
const { runStep, stepTimer } = await import("./lib/steps.mjs");
const { Tally } = await import("./lib/tally.mjs");

const PARTS = ["check", "db", "e2e", "crash"];
const HOST = "127.0.0.1";
const [only, ...filters] = process.argv.slice(2);
// Journeys sign in faster than people, all from one address; door-limit.test.ts looks at the limit.
const QUICK = { SIGN_INS_PER_SECOND: "500" };
const wants = (part) => only === undefined || only === part;
const layout = layoutOf("test");
const results = path.join(layout.home, "results");
const tally = new Tally(results);
const step = stepTimer();

/** Runs a part of the set-up; when it fails, what follows cannot run. */
async function setUp(name, work) {
  const done = step(name);
  const value = await work();
  done();
  return value;
}

async function runDatabaseTests(installation, { database }) {
  const inputs = await setUp("test database", async () => {
    const migratorUrl = await installation.makeDatabase(database, { anew: true });
    return { migratorUrl, addresses: await installation.prepareDatabase(migratorUrl) };
  });
  const baseUrl = `http://localhost:${await freePort(HOST)}`;
  const env = installation.testEnvironment({ ...inputs, baseUrl });
  const reporters = ["--reporter=default", "--reporter=json"];
  const output = `--outputFile.json=${tally.fileOf("vitest", "db")}`;
  const flags = ["--project", "db", "--passWithNoTests", ...reporters, output];
  await runTests("database tests", ["vitest", "run", ...flags, ...filters], env);
}

/** One lane's journeys, on an installation of the lane's own. */
async function runJourneys(environment, { browser, lane, chosen }) {
  const env = {
    ...environment,
    ...browser,
    VOLTLET_LANE: lane,
    PLAYWRIGHT_JSON_OUTPUT_FILE: tally.fileOf("playwright", lane),
  };
  const flags = ["--reporter=list,json", "--pass-with-no-tests", ...chosen];
  await runTests(`journeys ${lane}`, ["playwright", "test", ...flags], env);
}

/** Six named points and some chance; the same seed gives the same plan. */
async function runCrashTest(environment) {
  const args = only === "crash" ? filters : [];
  const options = { seed: { type: "string" }, rounds: { type: "string" } };
  const { seed = "1", rounds = "8" } = parseArgs({ args, options }).values;
  const env = { ...environment, VOLTLET_CRASH_SEED: seed, VOLTLET_CRASH_ROUNDS: rounds };
  const output = `--outputFile.json=${tally.fileOf("vitest", "crash")}`;
  const flags = ["--project", "crash", "--reporter=default", "--reporter=json", output];
  await runTests("crash test", ["vitest", "run", ...flags], env);
}

async function runTests(name, command, env) {
  const done = step(name);
  const { status } = await runStep(command, { env, show: true, check: false });
  tally.finished(name, status);
  done(status === 0 ? "" : "failed");
}

async function runAll(state) {
  if (wants("check")) {
    const unitResults = tally.fileOf("vitest", "unit");
    await runChecks({ unitResults }).then(
      () => tally.finished("check", 0),
      (error) => {
        console.error(error instanceof SayAndStop ? error.message : error);
        tally.finished("check", 1);
      },
    );
  }
  if (only === "check") return;
  await setUp("generated sources", generate);
  const building = wants("e2e") || wants("crash") ? setUp("build", buildForJourneys) : null;
  await Promise.all([building, runMainLane(state, building), runLaneBeside(state, building)]);
  if (wants("crash")) await runCrashTest(state.environment);
}

async function buildForJourneys() {
  await buildAll(layout);
  return chromiumEnvironment(path.join(layout.home, "chromium"));
}

/** The journeys that take turns, and the installation that the crash test kills afterwards. */
async function runMainLane(state, building) {
  if (building === null) return;
  const installation = await start(state, layout);
  const browser = await building;
  state.environment = await bring(installation, layout);
  if (!wants("e2e")) return;
  const isSome = filters.length > 0;
  const chosen = isSome ? filters : ["--project", "in-turn"];
  await runJourneys(state.environment, { browser, lane: isSome ? "some" : "in-turn", chosen });
}

/** The database tests, then the journeys that need nothing of the others'. */
async function runLaneBeside(state, building) {
  const wantsJourneys = wants("e2e") && filters.length === 0;
  if (!wants("db") && !wantsJourneys) return;
  const beside = layoutOf("beside");
  const installation = await start(state, beside);
  if (wants("db")) await runDatabaseTests(installation, beside);
  if (!wantsJourneys) return;
  const browser = await building;
  const environment = await bring(installation, beside);
  await runJourneys(environment, { browser, lane: "apart", chosen: ["--project", "apart"] });
}

async function start(state, of) {
  // What an earlier run left: its databases are made anew too.
  for (const file of [of.demoFile, of.outboxFile]) rmSync(file, { force: true });
  const installation = new Installation({ layout: of, report: (line) => console.log(line) });
  state.installations.push(installation);
  await setUp("PostgreSQL", () => installation.startPostgres());
  return installation;
}

function closeAll({ installations }) {
  return Promise.all(installations.map((installation) => installation.close()));
}

function bring(installation, { database }) {
  return bringUp(installation, { database: `${database}_journeys`, setUp, web: QUICK });
}

await runCommand(async () => {
  if (only !== undefined && !PARTS.includes(only)) {
    throw new SayAndStop(`There is no part "${only}": name one of ${PARTS.join(", ")}.`);
  }
  process.chdir(root);
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const state = { installations: [] };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, async () => {
      state.isStopping = true;
      await closeAll(state);
      process.exit(1);
    });
  }
  try {
    await runAll(state);
  } catch (error) {
    if (state.isStopping) return new Promise(() => {});
    console.error(error instanceof SayAndStop ? error.message : error);
    tally.finished("set-up", 1);
  }
  await closeAll(state);
  console.log(tally.sentence());
  process.exit(tally.hasFailed() ? 1 : 0);
});
