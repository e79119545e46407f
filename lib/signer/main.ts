import { ok, type Result } from "@/lib/kernel";
import { log, signerEnv, stopWithParent } from "@/lib/platform";
import type { PracticeRefusal } from "./errors";
import { listenPrivately } from "./shell/listen";
import type { SignerRequest } from "./shell/protocol";
import { createSignerServer } from "./shell/server";
import { readKeyEncryptionKey } from "./vault/key-encryption-key";
import { openVault, type Vault } from "./vault/open-vault";

// The signer's process. It is the only one that can open vending keys, and this socket is the only
// way to it.

function handlerOf(vault: Vault) {
  return async (request: SignerRequest): Promise<Result<unknown, PracticeRefusal>> => {
    switch (request.op) {
      case "issue":
        return ok(await vault.issue(request));
      case "generatePracticeKey":
        return vault.generatePracticeKey(request);
      case "manufacture":
        return vault.manufacture(request);
      case "signAuditHead":
        return ok(await vault.signAuditHead(request.organizationId));
      case "report":
        return ok(await vault.report());
    }
  };
}

async function run(): Promise<void> {
  const { SIGNER_KEK_FILE, SIGNER_SOCKET } = signerEnv();
  const vault = openVault({ keyEncryptionKey: await readKeyEncryptionKey(SIGNER_KEK_FILE) });
  const { server, close } = createSignerServer(handlerOf(vault));
  // Before listening: whoever stops us while we start finds no socket left behind.
  stopWithParent(async () => {
    await close();
    await vault.close();
  });
  await listenPrivately(server, SIGNER_SOCKET);
  server.on("error", (error) => log().error({ err: error }, "the socket failed"));
  log().info({ socket: SIGNER_SOCKET }, "the signer listens");
}

run().catch((error: unknown) => {
  log().fatal({ err: error }, "the signer cannot start");
  process.exit(1);
});
