// Bundles a process, a command or a seed for plain Node.
import path from "node:path";
import { build, stop } from "esbuild";
import { root } from "./layout.mjs";
import { SayAndStop } from "./say-and-stop.mjs";

/** Bundles entries for plain Node, which knows neither `@/` nor imports without extensions. */
export async function bundle(entries, outdir) {
  const options = {
    entryPoints: entries,
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    packages: "external",
    sourcemap: true,
    alias: { "server-only": path.join(root, "scripts/lib/empty-module.mjs") },
    tsconfig: path.join(root, "tsconfig.json"),
    absWorkingDir: root,
    logLevel: "silent",
  };
  await build(options).catch(({ errors }) => {
    const lines = errors.map(
      ({ text, location }) => `${location?.file}:${location?.line}: ${text}`,
    );
    throw new SayAndStop(lines.join("\n"));
  });
  // Its service process would stay as long as we do.
  await stop();
}
