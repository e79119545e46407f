import type { Pool } from "pg";
import { STATEMENT_LIMIT } from "./statement-limit";

export type InstallationMode = "practice" | "production";

/**
 * Practice or production, read with the signer's own role; null until the first start has decided.
 * What has been read once is kept: it is written once.
 */
export function installationModeReader(pool: Pool): () => Promise<InstallationMode | null> {
  let decided: InstallationMode | undefined;
  return async () => {
    if (decided) return decided;
    const text = "SELECT mode FROM installation_mode";
    const found = await pool.query<{ readonly mode: string }>({ ...STATEMENT_LIMIT, text });
    const mode = found.rows[0]?.mode;
    if (mode !== "practice" && mode !== "production") return null;
    decided = mode;
    return mode;
  };
}
