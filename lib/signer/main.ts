import { ok, type Result } from "@/lib/kernel";
import { log, signerEnv, stopWithParent } from "@/lib/platform";
import type { PracticeRefusal } from "./errors";
import { listenPrivately } from "./shell/listen";
import { MOST_HEADS, type SignerRequest } from "./shell/protocol";
import { createSignerServer } from "./shell/server";
import { headFileIn } from "./vault/head-file";
import { openVault, type Vault } from "./vault/open-vault";
import { settleKeyFile } from "./vault/reseal";

// The signer's process. It is the only one that can open vending keys, and this socket is the only
// way to it.

const SIGN_EVERY_MS = 10 * 60_000;
const FIRST_SIGNING_MS = 5_000;

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
      case "listKeptHeads":
        return ok(await keptHeads(vault, request.skip));
      case "report":
        return ok(await vault.report());
    }
  };
}

/** Also while sales are closed, for then one wants to know. */
async function keptHeads(vault: Vault, skip: number) {
  await vault.settle().catch(() => undefined);
  const heads = vault.listKeptHeads().slice(skip, skip + MOST_HEADS);
  return heads.map(({ organizationId, chain, sequence, hash }) => ({
    organizationId,
    chain,
    sequence: sequence.toString(),
    hashHex: Buffer.from(hash).toString("hex"),
  }));
}

/** Signs what is due now and again; gives what ends it. */
function signDaily(vault: Vault): () => void {
  const sign = () => {
    vault.signJournalHeads().catch((error: unknown) => {
      log().warn({ err: error }, "heads of the journal cannot be signed; tried again later");
    });
  };
  const first = setTimeout(sign, FIRST_SIGNING_MS);
  const next = setInterval(sign, SIGN_EVERY_MS);
  return () => {
    clearTimeout(first);
    clearInterval(next);
  };
}

async function run(): Promise<void> {
  const { SIGNER_FOLDER, SIGNER_KEK_FILE, SIGNER_SOCKET } = signerEnv();
  const ring = await settleKeyFile(SIGNER_KEK_FILE);
  const heads = headFileIn(SIGNER_FOLDER, ring.forPurpose("journal head file"));
  const vault = openVault({ keyEncryptionKey: ring.sealing, ring, heads });
  const { server, close } = createSignerServer(handlerOf(vault));
  let endSigning: () => void = () => undefined;
  // Before listening: whoever stops us while we start finds no socket left behind.
  stopWithParent(async () => {
    endSigning();
    await close();
    await vault.close();
  });
  // A database that is away is no news here; one that was put back is told before anybody sells.
  await vault.settle().catch((error: unknown) => {
    log().error({ err: error }, "nothing can be issued yet");
  });
  await listenPrivately(server, SIGNER_SOCKET);
  server.on("error", (error) => log().error({ err: error }, "the socket failed"));
  log().info({ socket: SIGNER_SOCKET }, "the signer listens");
  endSigning = signDaily(vault);
}

run().catch((error: unknown) => {
  log().fatal({ err: error }, "the signer cannot start");
  process.exit(1);
});
