// `npm run -s bench NAME`: bundles bench/NAME.ts and runs it; its figures are JSON lines. Further
// arguments are the benchmark's own. One that measures the whole gets an installation of its own,
// in .data/bench, with the demo in it.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const { existsSync, readdirSync, rmSync } = await import("node:fs");
const path = await import("node:path");
const { bringUp } = await import("./lib/bring-up.mjs");
const { buildAll, generate } = await import("./lib/build-all.mjs");
const { bundle } = await import("./lib/bundle.mjs");
const { Installation } = await import("./lib/installation.mjs");
const { layoutOf, root } = await import("./lib/layout.mjs");
const { runInstallation } = await import("./lib/run-installation.mjs");
const { runCommand, SayAndStop } = await import("./lib/say-and-stop.mjs");
const { runStep } = await import("./lib/steps.mjs");

const NEEDS_INSTALLATION = ["access", "console", "signer", "vend"];

/** Runs the bundled benchmark; the figures go to the standard output, all else to the other. */
async function run(name, { outdir, rest, env = process.env }) {
  const command = [process.execPath, "--enable-source-maps", path.join(outdir, `${name}.mjs`)];
  const { status } = await runStep([...command, ...rest], { env, show: true, check: false });
  process.exitCode = status;
}

async function runInside(name, inputs) {
  const layout = layoutOf("bench");
  rmSync(layout.demoFile, { force: true });
  const installation = new Installation({ layout, report: (line) => console.error(line) });
  await runInstallation(installation, async () => {
    await installation.startPostgres();
    await buildAll(layout);
    const { database } = layout;
    const setUp = (_step, work) => work();
    const env = await bringUp(installation, { database, setUp });
    await run(name, { ...inputs, env });
    await installation.close();
  });
  process.exit();
}

await runCommand(async () => {
  const folder = path.join(root, "bench");
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const names = files.filter((file) => file.endsWith(".ts")).map((file) => file.slice(0, -3));
  const [name, ...rest] = process.argv.slice(2);
  if (!names.includes(name)) {
    throw new SayAndStop(`Name a benchmark: ${names.join(", ") || "there is none yet"}.`);
  }
  await generate();
  const outdir = path.join(root, ".build/bench");
  await bundle({ [name]: path.join("bench", `${name}.ts`) }, outdir);
  await (NEEDS_INSTALLATION.includes(name) ? runInside : run)(name, { outdir, rest });
});
