import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { expect, test } from "vitest";

const require = createRequire(import.meta.url);

test("the WebAssembly schema engine is the one that this prisma CLI was made for", () => {
  const { enginesVersion } = require("@prisma/engines-version");
  const engine = path.join(import.meta.dirname, "schema-engine.mjs");
  const asked = spawnSync(process.execPath, [engine, "--version"], { encoding: "utf8" });
  expect(enginesVersion).toMatch(/^[0-9a-f]{40}$/);
  expect(asked.stdout.trim()).toMatch(
    new RegExp(`^schema-engine-wasm 7\\..*\\.${enginesVersion}$`),
  );
});
