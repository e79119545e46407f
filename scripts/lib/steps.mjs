// Commands that run and end (a build, a migration), and what to tell about them.
import { spawn } from "node:child_process";
import { root } from "./layout.mjs";
import { SayAndStop } from "./say-and-stop.mjs";

const running = new Set();

/** Ends every step that still runs, with all its processes. */
export function endSteps() {
  for (const child of running) signalGroup(child, "SIGKILL");
}

/** Signals a child that leads a process group of its own, and everyone in it. */
export function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/**
 * Runs a command to its end. Its output is kept and shown only when it fails, unless `show` is set.
 * Gives the exit code and the output; with `check` a failure throws.
 */
export function runStep(command, { env = process.env, show = false, check = true } = {}) {
  return new Promise((resolve, reject) => {
    // A group of its own: Ctrl-C in the terminal is ours to pass on, workers included.
    const child = spawn(command[0], command.slice(1), {
      cwd: root,
      env,
      detached: true,
      stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
    });
    running.add(child);
    let output = "";
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      running.delete(child);
      const status = code ?? 1;
      if (status === 0 || !check) return resolve({ status, output });
      const name = command.map((word) => word.replace(`${root}/`, "")).join(" ");
      reject(new SayAndStop(`${output}\n${name} failed (${signal ?? `exit code ${status}`}).`));
    });
  });
}

/** Tells how long each step took: `const done = step("migrate"); … done();`. */
export function stepTimer(write = console.log) {
  return (name) => {
    const start = performance.now();
    return (verdict = "") => {
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      write(`  ${name.padEnd(28)} ${seconds.padStart(5)} s${verdict && `  ${verdict}`}`);
    };
  };
}
