// Runs on whatever Node is installed, before node_modules exists: so it imports nothing but Node's
// own modules. `await ensure(import.meta.url)` installs what package-lock.json asks for and is not
// there, then runs the calling command again on the Node that the project brings (24). A start
// needs
// no test tools: what only tests and checks use comes with the first of them (`forTests`).
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(import.meta.dirname ?? path.dirname(fileURLToPath(import.meta.url)));
const bin = path.join(root, "node_modules/.bin");
const node = path.join(bin, "node");

function packagesIn(file) {
  if (!existsSync(file)) return {};
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

// When the person pressed return; a command that is run again on the project's Node keeps it.
process.env.VOLTLET_STARTED_AT ||= String(Date.now());

/**
 * Whether what npm last put down (its own hidden lock file says so) is what our lock file asks for.
 * Optional packages are left out: those for other platforms are never there.
 */
function isInstalled(forTests) {
  if (!existsSync(node)) return false;
  const wanted = packagesIn(path.join(root, "package-lock.json"));
  const present = packagesIn(path.join(root, "node_modules/.package-lock.json"));
  return Object.entries(wanted).every(
    ([where, { version, dev, optional, devOptional, peer }]) =>
      where === "" ||
      (dev && !forTests) ||
      optional ||
      devOptional ||
      peer ||
      present[where]?.version === version,
  );
}

function install(forTests) {
  console.log("Installing what is missing (a minute on a first run) …");
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ["npm", []];
  // --no-save: an incomplete mirror must not rewrite the lock file.
  const quietly = ["--no-audit", "--no-fund", "--loglevel=error"];
  const flags = ["install", "--no-save", "--prefer-offline", ...quietly];
  if (!forTests) flags.push("--omit=dev");
  const env = {
    ...process.env,
    // Keeps Prisma's postinstall, where npm runs it at all, from downloading an engine.
    PRISMA_SCHEMA_ENGINE_BINARY: path.join(root, "scripts/schema-engine.mjs"),
    PRISMA_SKIP_POSTINSTALL_GENERATE: "1",
  };
  const done = spawnSync(command, [...first, ...flags], { cwd: root, env, stdio: "inherit" });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

/** Runs this command again on the project's Node and never returns. */
function runOnOwnNode(file) {
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
  const again = spawn(node, [file, ...process.argv.slice(2)], {
    env,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  // Ctrl-C reaches the child by itself; a TERM is meant for it too.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => again.kill(signal));
  again.once("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  return new Promise(() => {});
}

/** Installs what is missing and returns on the project's own Node; `url` is the caller's. */
export async function ensure(url, { forTests = false } = {}) {
  process.chdir(root);
  if (!isInstalled(forTests)) install(forTests);
  const own = spawnSync(node, ["-p", "process.version"], { encoding: "utf8" }).stdout?.trim();
  if (!own) {
    console.error(`${node} does not run: remove node_modules and start again.`);
    process.exit(1);
  }
  if (process.version !== own) await runOnOwnNode(fileURLToPath(url));
  if (!process.env.PATH?.split(path.delimiter).includes(bin)) {
    process.env.PATH = `${bin}${path.delimiter}${process.env.PATH}`;
  }
  // A process that was run again on this Node ends with the one that ran it.
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel?.unref();
}
