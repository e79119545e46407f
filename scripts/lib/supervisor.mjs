// Keeps the installation's processes running and ends them all, whatever happened to them.
import { spawn } from "node:child_process";
import { closeSync, openSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { signalGroup } from "./steps.mjs";

const FIRST_RESTART_MS = 200;
const LAST_RESTART_MS = 5_000;
// A child that lived this long did start well: its next restart is quick again.
const SETTLED_MS = 10_000;
// Together under the five seconds in which a stop must be over.
const STOP_CHILDREN_MS = 3_500;
const STOP_DATABASE_MS = 1_000;
const LARGEST_LOG_BYTES = 10_000_000;

/**
 * One per installation. A child is `{ name, command, options, isDatabase }`; its output goes to a
 * file of its name, its process id to another. The database stops last, by the end of its input.
 */
export class Supervisor {
  #children = new Map();
  #stopping = false;
  #layout;
  #report;

  constructor({ layout, report }) {
    this.#layout = layout;
    this.#report = report;
  }

  /** Starts a child and starts it again whenever it ends, until `stop`. */
  start(child) {
    if (this.#stopping) return;
    const state = { ...child, delayMs: FIRST_RESTART_MS, process: undefined, timer: undefined };
    this.#children.set(child.name, state);
    this.#launch(state);
  }

  /** Whether a child has ended and not come back yet. */
  isRunning(name) {
    return this.#children.get(name)?.process !== undefined;
  }

  logOf(name) {
    return path.join(this.#layout.logs, `${name}.log`);
  }

  /** Ends every child: asked first, killed after 3.5 seconds, the database after all others. */
  async stop() {
    this.#stopping = true;
    const children = [...this.#children.values()];
    for (const { timer } of children) clearTimeout(timer);
    const others = children.filter(({ isDatabase }) => !isDatabase);
    await Promise.all(others.map((state) => this.#end(state, STOP_CHILDREN_MS)));
    const databases = children.filter(({ isDatabase }) => isDatabase);
    await Promise.all(databases.map((state) => this.#end(state, STOP_DATABASE_MS)));
  }

  #launch(state) {
    const { name, command, options, isDatabase } = state;
    const log = openLog(this.logOf(name));
    // The open channel (a pipe for the database) tells the child that we live; it ends with us.
    const stdio = isDatabase ? ["pipe", log, log] : ["ignore", log, log, "ipc"];
    const process = spawn(command[0], command.slice(1), { ...options, stdio, detached: true });
    closeSync(log);
    state.process = process;
    const startedAt = performance.now();
    const pidFile = path.join(this.#layout.run, `${name}.pid`);
    if (!isDatabase && process.pid) writeFileSync(pidFile, String(process.pid));
    process.stdin?.on("error", () => {});
    const ended = (reason) => {
      if (state.process !== process) return;
      state.process = undefined;
      if (!isDatabase) rmSync(pidFile, { force: true });
      if (this.#stopping) return;
      // Whatever the child had started itself goes with it.
      signalGroup(process, "SIGKILL");
      if (performance.now() - startedAt > SETTLED_MS) state.delayMs = FIRST_RESTART_MS;
      this.#report(`${name} ended (${reason}); it starts again in ${state.delayMs / 1000} s.`);
      state.timer = setTimeout(() => this.#launch(state), state.delayMs);
      state.delayMs = Math.min(state.delayMs * 2, LAST_RESTART_MS);
    };
    process.once("exit", (code, signal) => ended(signal ?? `exit code ${code}`));
    process.once("error", (error) => ended(error.message));
  }

  #end(state, patienceMs) {
    const { process, isDatabase } = state;
    if (!process) return undefined;
    return new Promise((resolve) => {
      const kill = setTimeout(() => signalGroup(process, "SIGKILL"), patienceMs);
      process.once("exit", () => {
        clearTimeout(kill);
        signalGroup(process, "SIGKILL");
        resolve();
      });
      if (isDatabase) process.stdin.end();
      else signalGroup(process, "SIGTERM");
    });
  }
}

function openLog(file) {
  const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0 };
  if (size > LARGEST_LOG_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}
