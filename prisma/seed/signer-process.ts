import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { canConnect, testEnv } from "@/lib/platform";
import { type SignerClient, signerClient } from "@/lib/signer";
import { bundle } from "@/scripts/lib/bundle.mjs";

export type SignerProcess = {
  readonly issuer: SignerClient;
  readonly stop: () => Promise<void>;
};

const root = path.dirname(path.dirname(import.meta.dirname));
const READY_TIMEOUT_MS = 10_000;

/**
 * For database tests: a signer of its own, as it runs in the product: bundled from its entry, a
 * process with one database address, a socket and a key-encryption key. It ends with the test.
 */
export async function startSigner(): Promise<SignerProcess> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "voltlet-signer-"));
  const keyFile = path.join(folder, "kek");
  const socket = path.join(folder, "signer.sock");
  await writeFile(keyFile, randomBytes(32).toString("hex"), { mode: 0o600 });
  // In the checkout, for its packages are found from where the bundle stands.
  const name = path.basename(folder);
  await bundle({ [name]: "lib/signer/main.ts" }, path.join(root, ".build"));
  const outfile = path.join(root, ".build", `${name}.mjs`);
  const child = spawn(process.execPath, ["--enable-source-maps", outfile], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: {
      NODE_ENV: "production",
      LOG_LEVEL: "fatal",
      VOLTLET_PROCESS: "signer",
      DATABASE_URL_SIGNER: testEnv().DATABASE_URL_SIGNER,
      SIGNER_KEK_FILE: keyFile,
      SIGNER_FOLDER: path.join(folder, "signer"),
      SIGNER_SOCKET: socket,
    },
  });
  for (const end = Date.now() + READY_TIMEOUT_MS; !(await canConnect(socket)); await delay(20)) {
    if (Date.now() > end || child.exitCode !== null) throw new Error("the signer does not start");
  }
  const stop = async () => {
    if (child.exitCode === null && child.kill("SIGKILL")) await once(child, "exit");
    await rm(folder, { recursive: true, force: true });
    await Promise.all([outfile, `${outfile}.map`].map((file) => rm(file, { force: true })));
  };
  return { issuer: signerClient(socket), stop };
}
