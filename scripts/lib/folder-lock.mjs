import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SayAndStop } from "./say-and-stop.mjs";

/**
 * Takes a folder for this process: one start, and one test, at a time. Refuses with a sentence
 * while another process holds it; takes over from one that is gone. Gives what lets go.
 */
export function lockFolder(folder, command) {
  const file = path.join(folder, `${command}.lock`);
  for (let tries = 0; ; tries++) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx", mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST" || tries > 1) throw error;
    }
    const holder = Number(readFileSync(file, "utf8"));
    if (holder && isOurCommand(holder, command)) {
      throw new SayAndStop(
        `Voltlet already runs from this folder (${command}, process ${holder}). ` +
          "Stop that one first.",
      );
    }
    rmSync(file, { force: true });
  }
}

// After a reboot the number in a left-over lock may belong to another program.
function isOurCommand(pid, command) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
  const commandLine = `/proc/${pid}/cmdline`;
  if (!existsSync(commandLine)) return true;
  // `npm run demo` holds a start's folder too.
  const names = [command, "start", "demo"].map((name) => `scripts/${name}.mjs`);
  const line = readFileSync(commandLine, "utf8");
  return names.some((name) => line.includes(name));
}
