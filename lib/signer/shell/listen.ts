import { chmod, lstat, mkdir, stat, unlink } from "node:fs/promises";
import type { Server } from "node:net";
import path from "node:path";
import { canConnect } from "@/lib/platform";

const FOR_OTHERS = 0o077;

/**
 * Listens on a local socket that its owner alone can reach: a folder of mode 0700 (made where it is
 * missing), the socket 0600. Takes the place of a socket that nobody answers on any more; throws a
 * sentence for the operator when somebody does, or the place is not private.
 */
export async function listenPrivately(server: Server, socketPath: string): Promise<void> {
  const folder = path.dirname(socketPath);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { mode } = await stat(folder);
  if ((mode & FOR_OTHERS) !== 0) {
    throw new Error(`${folder} is open to others than its owner: chmod 700 it.`);
  }
  await removeStaleSocket(socketPath);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, () => {
      server.off("error", reject);
      resolve();
    });
  });
  await chmod(socketPath, 0o600);
}

async function removeStaleSocket(socketPath: string): Promise<void> {
  const found = await lstat(socketPath).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (!found) return;
  if (!found.isSocket()) throw new Error(`${socketPath} is not a socket: choose another place.`);
  if (await canConnect(socketPath)) throw new Error(`A signer already answers on ${socketPath}.`);
  await unlink(socketPath);
}
