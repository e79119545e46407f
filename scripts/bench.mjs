// `npm run -s bench NAME`: bundles bench/NAME.ts and runs it; its figures are JSON lines. Further
// arguments are the benchmark's own. Benchmarks that need a running Voltlet ask for one themselves.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const { existsSync, readdirSync } = await import("node:fs");
const path = await import("node:path");
const { bundle } = await import("./lib/bundle.mjs");
const { root } = await import("./lib/layout.mjs");
const { runCommand, SayAndStop } = await import("./lib/say-and-stop.mjs");
const { runStep } = await import("./lib/steps.mjs");

await runCommand(async () => {
  const folder = path.join(root, "bench");
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const names = files.filter((file) => file.endsWith(".ts")).map((file) => file.slice(0, -3));
  const [name, ...rest] = process.argv.slice(2);
  if (!names.includes(name)) {
    throw new SayAndStop(`Name a benchmark: ${names.join(", ") || "there is none yet"}.`);
  }
  const outdir = path.join(root, ".build/bench");
  await bundle({ [name]: path.join("bench", `${name}.ts`) }, outdir);
  const command = [process.execPath, "--enable-source-maps", path.join(outdir, `${name}.mjs`)];
  const { status } = await runStep([...command, ...rest], { show: true, check: false });
  process.exitCode = status;
});
