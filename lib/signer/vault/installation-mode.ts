import type { Pool } from "pg";
import { STATEMENT_LIMIT } from "./statement-limit";

export type InstallationMode = "practice" | "production";

/** What a database is; it says so once and for good. */
export type Installation = {
  readonly mode: InstallationMode;
  /** Tells this database from every other one; a copy that was put back has the same name. */
  readonly databaseName: string;
};

/**
 * Practice or production, read with the signer's own role; null until the first start has decided.
 * What has been read once is kept: it is written once.
 */
export function installationReader(pool: Pool): () => Promise<Installation | null> {
  let decided: Installation | undefined;
  return async () => {
    if (decided) return decided;
    const text = "SELECT mode, decided_at FROM installation_mode";
    const found = await pool.query<Row>({ ...STATEMENT_LIMIT, text });
    const [row] = found.rows;
    if (row?.mode !== "practice" && row?.mode !== "production") return null;
    decided = { mode: row.mode, databaseName: String(row.decided_at.getTime()) };
    return decided;
  };
}

type Row = { readonly mode: string; readonly decided_at: Date };
