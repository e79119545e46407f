// Where an installation keeps its things. A start and a test of the same checkout share nothing but
// the sources: each has its folder, its PostgreSQL, its secrets and its builds.
import { createHash } from "node:crypto";
import { mkdirSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";

export const root = path.dirname(path.dirname(import.meta.dirname));

// The kernel's limit for the path of a unix socket, less one.
const LONGEST_SOCKET_PATH = 107;

const HOMES = {
  start: ".",
  test: "test",
  beside: "test/beside",
  operator: "test/operator",
  bench: "bench",
};

/**
 * The folders and names of the installation that people use (`start`), that tests use (`test`, and
 * `beside` at the same time), that a test starts on a server of its own, as an operator would
 * (`operator`), or that is measured (`bench`). `databaseUrl` is an operator's server, where there
 * is one.
 */
export function layoutOf(kind, { databaseUrl } = {}) {
  if (!(kind in HOMES)) throw new Error(`there is no layout ${kind}`);
  const home = path.join(root, ".data", HOMES[kind]);
  const run = path.join(home, "run");
  const build = kind === "start" || kind === "bench" ? "start" : "test";
  return {
    kind,
    build,
    home,
    run,
    logs: path.join(home, "logs"),
    secrets: path.join(home, "secrets"),
    // The signer's own: what the journal must end with, whatever the database says.
    signer: path.join(home, "signer"),
    postgres: path.join(home, "postgres"),
    // Not `voltlet`: its logins would have the names of the groups, voltlet_web and so on.
    database: ["test", "beside", "bench"].includes(kind) ? `voltlet_${kind}` : "voltlet_main",
    demoFile: path.join(home, databaseUrl ? `demo-${nameOf(databaseUrl)}.json` : "demo.json"),
    outboxFile: path.join(home, "outbox.jsonl"),
    siteUrlFile: path.join(run, "site-url"),
    seedingMark: path.join(run, "seeding"),
    pages: build === "test" ? ".next-test" : ".next",
    bundles: path.join(root, ".build", build),
  };
}

// A demo's sign-ins belong to one database; which, says its address without who asks.
function nameOf(databaseUrl) {
  const { host, pathname } = new URL(databaseUrl);
  return createHash("sha256").update(`${host}${pathname}`).digest("hex").slice(0, 12);
}

/** Makes the folders; those that hold secrets or sockets can be entered by their owner only. */
export function makeFolders(layout) {
  mkdirSync(layout.home, { recursive: true, mode: 0o755 });
  for (const folder of [layout.run, layout.logs, layout.secrets, layout.signer]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
}

/** The signer's socket: in the run folder, or in a private folder with a short name. */
export function signerSocketOf(layout) {
  const near = path.join(layout.run, "signer.sock");
  if (Buffer.byteLength(near) <= LONGEST_SOCKET_PATH) return near;
  const hash = createHash("sha256").update(layout.run).digest("hex").slice(0, 16);
  const folder = path.join(os.tmpdir(), `voltlet-${hash}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(folder);
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) {
    throw new Error(`${folder} is not private: remove it and start again.`);
  }
  return path.join(folder, "signer.sock");
}
