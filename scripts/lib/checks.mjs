import { existsSync } from "node:fs";
import path from "node:path";
import { generate } from "./build-all.mjs";
import { root } from "./layout.mjs";
import { SayAndStop } from "./say-and-stop.mjs";
import { runStep, stepTimer } from "./steps.mjs";

const CRUISED = ["app", "components", "lib", "prisma", "e2e", "bench", "proxy.ts"];

async function generateTypes() {
  await generate();
  // The types of routes and links; next-env.d.ts, which the compiler reads, comes from here too.
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  await runStep(["next", "typegen"], { env });
}

/**
 * Runs every check in turn and stops at the first that fails, with what it said. `unitResults` is a
 * file for the unit tests' results in JSON.
 */
export async function runChecks({ unitResults } = {}) {
  const step = stepTimer();
  const cruised = CRUISED.filter((name) => existsSync(path.join(root, name)));
  const json = ["--reporter=default", "--reporter=json", `--outputFile.json=${unitResults}`];
  const checks = [
    ["generated sources", generateTypes],
    ["format and lint", ["biome", "check", "--error-on-warnings", "."]],
    ["types", ["tsc", "--noEmit"]],
    ["dependency rules", ["depcruise", "--config", ".dependency-cruiser.mjs", ...cruised]],
    ["unit and tidy tests", ["vitest", "run", "--project", "unit", ...(unitResults ? json : [])]],
    ["unused code", ["knip", "--no-progress"]],
  ];
  for (const [name, check] of checks) {
    const done = step(name);
    try {
      if (typeof check === "function") await check();
      else await runStep(check);
    } catch (error) {
      done("failed");
      throw error instanceof SayAndStop ? error : new SayAndStop(String(error.stack ?? error));
    }
    done();
  }
}
