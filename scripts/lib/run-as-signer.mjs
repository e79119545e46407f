// Runs a command line in the signer's place: with its database role, its key-encryption key and its
// folder, while no signer runs. The embedded database is started for it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { generate } from "./build-all.mjs";
import { bundle } from "./bundle.mjs";
import { Installation } from "./installation.mjs";
import { root, signerSocketOf } from "./layout.mjs";
import { givenAddresses, layoutOfStart, openStopped } from "./open-database.mjs";
import { canConnect } from "./ports.mjs";
import { runCommand, SayAndStop } from "./say-and-stop.mjs";

/** Bundles `entry` under `name` and runs it with these arguments; its exit code becomes ours. */
export function runAsSigner({ name, entry, args = process.argv.slice(2) }) {
  return runCommand(async () => {
    const layout = layoutOfStart();
    const socket = signerSocketOf(layout);
    if (existsSync(socket) && (await canConnect(socket))) {
      throw new SayAndStop("Voltlet is running. Stop it, then run this again.");
    }
    await generate();
    const outdir = path.join(root, ".build", name);
    await bundle({ [name]: entry }, outdir);
    const installation = new Installation({ layout, report: (line) => console.error(line) });
    try {
      const migratorUrl = await openStopped(installation, layout);
      const addresses = await installation.prepareDatabase(migratorUrl, givenAddresses());
      const baseUrl = "http://localhost";
      // No secret of practice money is made on the way.
      const given = { addresses, baseUrl, isProduction: true };
      const { signer } = installation.environments(given);
      const env = { ...signer, LOG_LEVEL: process.env.LOG_LEVEL ?? "warn" };
      const file = path.join(outdir, `${name}.mjs`);
      process.exitCode = await runHere(
        [process.execPath, "--enable-source-maps", file, ...args],
        env,
      );
    } finally {
      await installation.close();
    }
  });
}

/** In our own process group and with our input: people type into it. */
function runHere([command, ...args], env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: "inherit" });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
