// `npm run check`: format, lint, types, dependency rules, unused code, unit tests. Under a minute.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url, { forTests: true });
const { runChecks } = await import("./lib/checks.mjs");
const { endSteps } = await import("./lib/steps.mjs");
const { runCommand } = await import("./lib/say-and-stop.mjs");

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    endSteps();
    process.exit(1);
  });
}
await runCommand(runChecks);
