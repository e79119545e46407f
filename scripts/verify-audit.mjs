// `npm run -s verify-audit`: walks every organization's audit trail as the auditor, names the first
// row that is not as it was written, and ends with 1 when there is one. Starts the embedded
// database and the signer, who knows the key of the signatures, when they do not run.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const { existsSync } = await import("node:fs");
const path = await import("node:path");
const { generate } = await import("./lib/build-all.mjs");
const { bundle } = await import("./lib/bundle.mjs");
const { addressFor } = await import("./lib/database-roles.mjs");
const { Installation } = await import("./lib/installation.mjs");
const { root, signerSocketOf } = await import("./lib/layout.mjs");
const { givenAddresses, layoutOfStart, runningDatabase } = await import("./lib/open-database.mjs");
const { runCommand, SayAndStop } = await import("./lib/say-and-stop.mjs");
const { secretFiles } = await import("./lib/secret-files.mjs");
const { runStep } = await import("./lib/steps.mjs");

const outdir = path.join(root, ".build/verify-audit");

async function verify(layout, address) {
  const env = {
    ...process.env,
    VOLTLET_PROCESS: "auditor",
    DATABASE_URL_AUDITOR: address,
    SIGNER_SOCKET: signerSocketOf(layout),
  };
  const command = [process.execPath, "--enable-source-maps", path.join(outdir, "verify-audit.mjs")];
  const { status } = await runStep(command, { env, show: true, check: false });
  process.exitCode = status;
}

/** The auditor's address while Voltlet runs: an operator's, or the login that start made. */
function auditorAddress(layout) {
  const { auditor } = givenAddresses();
  if (auditor) return auditor;
  const url = runningDatabase(layout);
  const login = `${new URL(url).pathname.slice(1)}_auditor`;
  const password = secretFiles(layout.secrets).text("database-auditor");
  return addressFor(url, login === "voltlet_auditor" ? `${login}_login` : login, password);
}

/** The migrator's address; the embedded server is started for it, and never made anew. */
async function openStopped(installation, layout) {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  if (!existsSync(path.join(layout.postgres, "data"))) {
    throw new SayAndStop("There is no database here yet: npm start makes one.");
  }
  await installation.startPostgres();
  return installation.makeDatabase(layout.database);
}

async function verifyStopped(layout) {
  const ours = { ...layout, bundles: outdir };
  const installation = new Installation({ layout: ours, report: (line) => console.error(line) });
  try {
    const migratorUrl = await openStopped(installation, layout);
    const addresses = await installation.prepareDatabase(migratorUrl, givenAddresses());
    const environments = installation.environments({ addresses, baseUrl: "http://localhost" });
    await installation.startSigner(environments);
    await verify(layout, addresses.auditor);
  } finally {
    await installation.close();
  }
}

await runCommand(async () => {
  const layout = layoutOfStart();
  await generate();
  const entries = { signer: "lib/signer/main.ts", "verify-audit": "lib/worker/verify-audit.ts" };
  await bundle(entries, outdir);
  if (existsSync(signerSocketOf(layout))) await verify(layout, auditorAddress(layout));
  else await verifyStopped(layout);
});
