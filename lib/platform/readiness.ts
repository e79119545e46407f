import { canConnect } from "./can-connect";
import { webEnv } from "./env";
import { log } from "./log";

export type Part = "database" | "signer";

const TIMEOUT_MS = 2_000;

/**
 * What this web process needs and does not reach at this moment: the database under the web's own
 * role, the signer's socket. An empty list means ready. Reads nobody's data.
 */
export async function missingParts(): Promise<readonly Part[]> {
  const [hasDatabase, hasSigner] = await Promise.all([
    databaseAnswers(),
    canConnect(webEnv().SIGNER_SOCKET, TIMEOUT_MS),
  ]);
  return [...(hasDatabase ? [] : ["database" as const]), ...(hasSigner ? [] : ["signer" as const])];
}

async function databaseAnswers(): Promise<boolean> {
  try {
    // Loaded here and not at the top, so that the room's door does not bring the database along.
    const { webPool } = await import("./databases");
    const late = AbortSignal.timeout(TIMEOUT_MS);
    const isLate = new Promise<false>((resolve) => {
      late.addEventListener("abort", () => resolve(false), { once: true });
    });
    const answer = webPool()
      .query("select 1")
      .then(() => true);
    answer.catch(() => undefined);
    return await Promise.race([answer, isLate]);
  } catch (error) {
    log().warn({ err: error }, "the database does not answer");
    return false;
  }
}
