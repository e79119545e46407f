// `npm run demo -- --yes`: fills an empty database (an operator's in DATABASE_URL, or the embedded
// one) with the demo and makes it a practice installation for good.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const { buildAll } = await import("./lib/build-all.mjs");
const { Installation } = await import("./lib/installation.mjs");
const { findState } = await import("./lib/installation-mode.mjs");
const { givenAddresses, layoutOfStart, openDatabase } = await import("./lib/open-database.mjs");
const { runInstallation } = await import("./lib/run-installation.mjs");
const { runCommand, SayAndStop } = await import("./lib/say-and-stop.mjs");
const { stepTimer } = await import("./lib/steps.mjs");
const { tellDemo } = await import("./lib/tell-demo.mjs");

const step = stepTimer();

async function refuseUnlessUntouched(migratorUrl) {
  const { mode, isEmpty } = await findState(migratorUrl);
  if (mode === "production") {
    throw new SayAndStop(
      "This is a production installation: no demo moves in. Nothing was changed.",
    );
  }
  if (mode === "practice" || !isEmpty) {
    throw new SayAndStop(
      "Something is in this database already: a demo needs an empty one. Nothing was changed.",
    );
  }
}

async function moveIn(installation, layout) {
  const migratorUrl = await openDatabase(installation, layout);
  const isMigrated = step("migrations");
  const addresses = await installation.prepareDatabase(migratorUrl, givenAddresses());
  isMigrated();
  await refuseUnlessUntouched(migratorUrl);
  const isBuilt = step("build");
  await buildAll(layout);
  isBuilt();
  // The demo's sales are made by the product itself; no address of it is ever opened from here.
  const baseUrl = process.env.SITE_URL ?? "http://localhost:3000";
  const environments = installation.environments({ addresses, baseUrl });
  await installation.startSigner(environments);
  const isSeeded = step("demo");
  await installation.seed(environments);
  isSeeded();
}

await runCommand(async () => {
  if (!process.argv.includes("--yes")) {
    throw new SayAndStop(
      "This fills an empty database with a demo and makes it a practice installation for good. " +
        "If that is meant: npm run demo -- --yes",
    );
  }
  const layout = layoutOfStart();
  const installation = new Installation({ layout, report: (line) => console.log(line) });
  await runInstallation(installation, async () => {
    await moveIn(installation, layout);
    await installation.close();
    console.log("\nThe demo is in place. npm start runs it.\n");
    tellDemo(layout);
    process.exit(0);
  });
});
