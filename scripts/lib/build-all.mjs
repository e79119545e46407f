// Builds what a start runs: generated sources, the bundles of signer, worker and seed, the pages.
// Nothing is done when the sources are those of the last build.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bundle } from "./bundle.mjs";
import { root } from "./layout.mjs";
import { hashOf, sourceFiles } from "./source-hash.mjs";
import { runStep } from "./steps.mjs";

const ENTRIES = {
  signer: "lib/signer/main.ts",
  worker: "lib/worker/main.ts",
  seed: "prisma/seed/main.ts",
};
const PAGE_CSS = "app/_document/document.css";

/** Runs `work` unless it was done for the same `hash` and its `results` are still there. */
async function once({ stamp, hash, results }, work) {
  const file = path.join(root, ".build", stamp);
  const isDone = existsSync(file) && readFileSync(file, "utf8") === hash;
  if (isDone && results.every((result) => existsSync(result))) return;
  rmSync(file, { force: true });
  await work();
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, hash);
}

/** Generated sources, without which nothing type-checks: Prisma's client, a style sheet. */
export async function generate() {
  const schema = path.join(root, "prisma/schema");
  if (existsSync(schema)) {
    const files = [...sourceFiles(schema), path.join(root, "package-lock.json")];
    const results = [path.join(root, "lib/platform/prisma/client.ts")];
    await once({ stamp: "prisma.stamp", hash: hashOf(files), results }, async () => {
      await runStep(["prisma", "generate"]);
    });
  }
  if (!existsSync(path.join(root, PAGE_CSS))) return;
  const sources = ["app", "components"].map((folder) => path.join(root, folder)).filter(existsSync);
  const files = [...sources.flatMap(sourceFiles), path.join(root, "scripts/build-page-css.mjs")];
  const results = [path.join(root, "app/_document/document-css.generated.ts")];
  await once({ stamp: "page-css.stamp", hash: hashOf(files), results }, async () => {
    await runStep([process.execPath, "scripts/build-page-css.mjs"]);
  });
}

/** Everything for the installation that `layout` describes. */
export async function buildAll(layout) {
  await generate();
  const present = Object.entries(ENTRIES).filter(([, file]) => existsSync(path.join(root, file)));
  const pages = path.join(root, layout.pages, "BUILD_ID");
  const bundles = present.map(([name]) => path.join(layout.bundles, `${name}.mjs`));
  const hash = `${hashOf(sourceFiles())} ${process.version}`;
  await once({ stamp: `${layout.build}.stamp`, hash, results: [pages, ...bundles] }, async () => {
    await bundle(Object.fromEntries(present), layout.bundles);
    const env = {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NEXT_DIST_DIR: layout.pages,
    };
    await runStep(["next", "build"], { env });
  });
}
