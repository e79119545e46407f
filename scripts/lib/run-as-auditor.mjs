// Runs a command line that reads every organization's trail as the auditor. It asks the signer for
// the keys of its signatures, so database and signer are started for it when they do not run.
import { existsSync } from "node:fs";
import path from "node:path";
import { generate } from "./build-all.mjs";
import { bundle } from "./bundle.mjs";
import { addressFor } from "./database-roles.mjs";
import { Installation } from "./installation.mjs";
import { root, signerSocketOf } from "./layout.mjs";
import { givenAddresses, layoutOfStart, openStopped, runningDatabase } from "./open-database.mjs";
import { secretFiles } from "./secret-files.mjs";
import { runStep } from "./steps.mjs";

/** The auditor's address while Voltlet runs: an operator's, or the login that start made. */
function auditorAddress(layout) {
  const { auditor } = givenAddresses();
  if (auditor) return auditor;
  const url = runningDatabase(layout);
  const login = `${new URL(url).pathname.slice(1)}_auditor`;
  const password = secretFiles(layout.secrets).text("database-auditor");
  return addressFor(url, login === "voltlet_auditor" ? `${login}_login` : login, password);
}

/** Bundles `entry` under `name` and runs it; its exit code becomes ours. */
export async function runAsAuditor({ name, entry }) {
  const layout = layoutOfStart();
  const outdir = path.join(root, ".build", name);
  const run = async (address) => {
    const env = {
      ...process.env,
      VOLTLET_PROCESS: "auditor",
      DATABASE_URL_AUDITOR: address,
      SIGNER_SOCKET: signerSocketOf(layout),
    };
    const file = path.join(outdir, `${name}.mjs`);
    const command = [process.execPath, "--enable-source-maps", file];
    const { status } = await runStep(command, { env, show: true, check: false });
    process.exitCode = status;
  };
  await generate();
  await bundle({ signer: "lib/signer/main.ts", [name]: entry }, outdir);
  if (existsSync(signerSocketOf(layout))) return run(auditorAddress(layout));

  const ours = { ...layout, bundles: outdir };
  const installation = new Installation({ layout: ours, report: (line) => console.error(line) });
  try {
    const migratorUrl = await openStopped(installation, layout);
    const addresses = await installation.prepareDatabase(migratorUrl, givenAddresses());
    const baseUrl = "http://localhost";
    // No secret of practice money is made on the way.
    const environments = installation.environments({ addresses, baseUrl, isProduction: true });
    await installation.startSigner(environments);
    await run(addresses.auditor);
  } finally {
    await installation.close();
  }
}
