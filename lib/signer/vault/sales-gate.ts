import type { Pool } from "pg";
import { type Clock, log } from "@/lib/platform";
import type { KnownHead } from "../core/head-lines";
import type { SalesClosedReason } from "../errors";
import type { HeadKeeper } from "./head-file";
import type { Installation } from "./installation-mode";
import { CHAIN } from "./journal";
import { STATEMENT_LIMIT } from "./statement-limit";

/** Nothing is issued, and nothing reserved, until `npm run recover` has been run. */
export class SalesClosedError extends Error {
  override readonly name = "SalesClosedError";
  readonly reason: SalesClosedReason;

  constructor(reason: SalesClosedReason) {
    super(`sales are closed (${reason}): run npm run recover`);
    this.reason = reason;
  }
}

export type SalesGateParts = {
  readonly pool: Pool;
  readonly heads: HeadKeeper;
  readonly clock: Clock;
  readonly findInstallation: () => Promise<Installation | null>;
};

/**
 * Stands before every issue. It opens once the database has every entry of which the file of heads
 * knows; a database that was put back to an earlier day has not, and token ids that meters have
 * used already would be given out again.
 */
export class SalesGate {
  readonly #parts: SalesGateParts;
  #isOpen = false;
  #closedBecause: SalesClosedReason | null = null;
  #settling: Promise<void> | undefined;

  constructor(parts: SalesGateParts) {
    this.#parts = parts;
  }

  get closedBecause(): SalesClosedReason | null {
    return this.#closedBecause;
  }

  /** Resolves when tokens may be issued; throws while they may not, or while nobody knows. */
  async pass(): Promise<void> {
    if (this.#isOpen) return;
    this.#settling ??= this.#settle().finally(() => {
      this.#settling = undefined;
    });
    await this.#settling;
  }

  /** Puts it on record for everybody who reserves or sells; harmless to repeat. */
  async close(reason: SalesClosedReason): Promise<void> {
    const { pool, clock } = this.#parts;
    this.#isOpen = false;
    if (this.#closedBecause !== reason) {
      log().fatal({ reason }, "sales are closed until npm run recover has been run");
    }
    this.#closedBecause = reason;
    await putClosure(pool, { reason, now: clock.now() });
  }

  async #settle(): Promise<void> {
    const { findInstallation, pool, heads } = this.#parts;
    const installation = await findInstallation();
    if (installation === null) throw new Error("the installation has no mode yet");
    await heads.open(installation.databaseName);
    const reason = (await findClosure(pool)) ?? (await this.#findReason(installation));
    if (reason !== null) {
      await this.close(reason);
      throw new SalesClosedError(reason);
    }
    // A signer that was cut off after its commit has entries which the file does not know yet.
    heads.note(await listLastEntries(pool));
    await heads.kept();
    this.#closedBecause = null;
    this.#isOpen = true;
  }

  async #findReason({ mode }: Installation): Promise<SalesClosedReason | null> {
    const { pool, heads } = this.#parts;
    const lost = await listLostHeads(pool, heads.listHeads());
    for (const { organizationId, chain, sequence } of lost) {
      const facts = { organizationId, chain, sequence: sequence.toString() };
      log().error(facts, "the database does not have a journal entry that was written");
    }
    if (lost.length > 0) return "database-restored";
    // A practice installation may be begun anew by throwing its folder away; nothing is lost then.
    const isMissed = heads.isNew && heads.listHeads().length === 0;
    if (!isMissed || mode !== "production") return null;
    return (await listLastEntries(pool)).length > 0 ? "heads-missing" : null;
  }
}

/** Closes sales on record, unless they are; each closure has an instant of its own. */
export async function putClosure(
  pool: Pool,
  { reason, now }: { readonly reason: SalesClosedReason; readonly now: Date },
): Promise<void> {
  await pool.query({
    ...STATEMENT_LIMIT,
    text: `INSERT INTO sales_closure (closed_at, reason)
           SELECT greatest($1, max(closed_at) + interval '1 millisecond'), $2 FROM sales_closure
           HAVING NOT coalesce(bool_or(reopened_at IS NULL), false)
           ON CONFLICT DO NOTHING`,
    values: [now, reason],
  });
}

/** Why sales are closed, as it stands on record; null where they are not. */
async function findClosure(pool: Pool): Promise<SalesClosedReason | null> {
  const found = await pool.query<{ reason: SalesClosedReason }>({
    ...STATEMENT_LIMIT,
    text: "SELECT reason FROM sales_closure WHERE reopened_at IS NULL LIMIT 1",
  });
  return found.rows[0]?.reason ?? null;
}

/** Heads that were kept, and of which the database has not the same entry. */
export async function listLostHeads(
  pool: Pool,
  heads: readonly KnownHead[],
): Promise<readonly KnownHead[]> {
  const found = await pool.query<{ place: string }>({
    ...STATEMENT_LIMIT,
    text: `SELECT asked.place FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[])
             WITH ORDINALITY AS asked (id, chain, sequence, hash, place)
            WHERE NOT EXISTS (SELECT FROM journal_entry e WHERE e.organization_id = asked.id
              AND e.chain = asked.chain AND e.sequence = asked.sequence
              AND e.hash = decode(asked.hash, 'hex'))`,
    values: [
      heads.map((head) => head.organizationId),
      heads.map((head) => head.chain),
      heads.map((head) => head.sequence.toString()),
      heads.map((head) => Buffer.from(head.hash).toString("hex")),
    ],
  });
  return found.rows.flatMap(({ place }) => heads[Number(place) - 1] ?? []);
}

/** The last entry of the signer's chain, of every organization that has a vending key. */
export async function listLastEntries(pool: Pool): Promise<readonly KnownHead[]> {
  const found = await pool.query<{ organization_id: string; sequence: string; hash: Buffer }>({
    ...STATEMENT_LIMIT,
    text: `SELECT last.* FROM (SELECT DISTINCT organization_id FROM vending_key) k
            CROSS JOIN LATERAL (SELECT organization_id, sequence, hash FROM journal_entry
              WHERE organization_id = k.organization_id AND chain = $1
              ORDER BY sequence DESC LIMIT 1) AS last`,
    values: [CHAIN],
  });
  return found.rows.map((row) => ({
    organizationId: row.organization_id,
    chain: CHAIN,
    sequence: BigInt(row.sequence),
    hash: row.hash,
  }));
}
