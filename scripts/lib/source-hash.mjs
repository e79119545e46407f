import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./layout.mjs";

// What no build reads. Everything else counts, so that a new folder is not forgotten.
const NOT_BUILT = new Set([
  "node_modules",
  "docs",
  "e2e",
  "bench",
  "migrations",
  "test-results",
  "playwright-report",
  "next-env.d.ts",
]);
const NOT_BUILT_FILE = /\.(md|test\.tsx?|generated\.ts|tsbuildinfo)$/;
const GENERATED = path.join(root, "lib/platform/prisma");

/** Every file below `folder` that a build may read, sorted; paths are absolute. */
export function sourceFiles(folder = root) {
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.name.startsWith(".") || NOT_BUILT.has(entry.name) || full === GENERATED) continue;
    if (entry.isDirectory()) found.push(...sourceFiles(full));
    else if (!NOT_BUILT_FILE.test(entry.name)) found.push(full);
  }
  return found.sort();
}

/** One hash over names and contents. */
export function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${path.relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
