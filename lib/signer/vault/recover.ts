import { signerPool } from "@/lib/platform/databases";
import type { KnownHead } from "../core/head-lines";
import { type HeadKeeper, headFileIn, putHeadsAside } from "./head-file";
import { installationReader } from "./installation-mode";
import type { KeyRing } from "./key-encryption-key";
import { listLastEntries, listLostHeads, putClosure } from "./sales-gate";

export type Recovered = {
  /** Chains of which the file knew an entry that the database does not have. */
  readonly lost: readonly KnownHead[];
  /** The file could not be read, or was not there: what is lost is not known. */
  readonly isLossKnown: boolean;
  readonly organizations: number;
  /** Meters, each under each of its keys, whose last token id was raised. */
  readonly raised: number;
};

/**
 * Takes up selling with a database that was put back: every meter's last token id is raised to an
 * hour from now, the journal's ends are taken as they are, and sales are opened. The former file of
 * heads stays beside the new one. Each step may be repeated, and sales stay closed until the last
 * one is done. No signer may run meanwhile.
 */
export async function recoverSales(of: {
  readonly folder: string;
  readonly ring: KeyRing;
  readonly now: Date;
}): Promise<Recovered> {
  const { folder, ring, now } = of;
  const pool = signerPool();
  const installation = await installationReader(pool)();
  if (installation === null) throw new Error("This database is not set up yet: run npm start.");
  const { databaseName } = installation;
  const key = ring.forPurpose("journal head file");
  const former = await readFormer(headFileIn(folder, key), databaseName);
  const lost = await listLostHeads(pool, former ?? []);

  await putClosure(pool, { reason: "database-restored", now });
  const raised = await raiseTokenIds(now);
  await putHeadsAside(folder, { databaseName, label: `before-${now.getTime()}` });
  const fresh = headFileIn(folder, key);
  await fresh.open(databaseName);
  fresh.note(await listLastEntries(pool));
  await fresh.kept();
  await fresh.close();
  await openSales(now);
  return { lost, isLossKnown: former !== null, ...raised };
}

/** What the file knew; null where nobody can tell. */
async function readFormer(
  heads: HeadKeeper,
  databaseName: string,
): Promise<readonly KnownHead[] | null> {
  try {
    await heads.open(databaseName);
    return heads.isNew ? null : heads.listHeads();
  } catch {
    return null;
  } finally {
    await heads.close();
  }
}

async function openSales(now: Date): Promise<void> {
  await signerPool().query(
    `UPDATE sales_closure SET reopened_at = greatest(closed_at, $1) WHERE reopened_at IS NULL`,
    [now],
  );
}

async function raiseTokenIds(now: Date) {
  const client = await signerPool().connect();
  try {
    await client.query("BEGIN");
    const found = await client.query<{ id: string }>(
      "SELECT DISTINCT organization_id AS id FROM meter ORDER BY 1",
    );
    let raised = 0;
    for (const { id } of found.rows) {
      const answer = await client.query<{ answer: { raised: number } }>(
        "SELECT token_ids_raise($1, $2) AS answer",
        [id, JSON.stringify({ now })],
      );
      raised += answer.rows[0]?.answer.raised ?? 0;
    }
    await client.query("COMMIT");
    return { organizations: found.rows.length, raised };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
