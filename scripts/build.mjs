// `node scripts/build.mjs [test]`: the build alone, for people who start nothing.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const { buildAll } = await import("./lib/build-all.mjs");
const { layoutOf } = await import("./lib/layout.mjs");
const { runCommand } = await import("./lib/say-and-stop.mjs");

await runCommand(() => buildAll(layoutOf(process.argv[2] === "test" ? "test" : "start")));
