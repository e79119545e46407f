import { sign } from "node:crypto";
import type { Pool } from "pg";
import { type Clock, log } from "@/lib/platform";
import { journalHeadBytes } from "../core/journal-head";
import { CHAIN } from "./journal";
import type { SigningKey } from "./signing-key";
import { STATEMENT_LIMIT } from "./statement-limit";

/** How many chains were signed, and how many are not the ones that were signed before. */
export type SignedHeads = { readonly signed: number; readonly rewritten: number };

/** Signs the last entry of each chain once a day: what was true then can be kept elsewhere. */
export class JournalHeads {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #signing: SigningKey;

  constructor(parts: {
    readonly pool: Pool;
    readonly clock: Clock;
    readonly signing: SigningKey;
  }) {
    this.#pool = parts.pool;
    this.#clock = parts.clock;
    this.#signing = parts.signing;
  }

  /**
   * Signs every chain that has grown, and of which nothing was signed on this day (UTC). A chain in
   * which the entry signed last is another now, or gone, gets no signature: the log says which.
   */
  async signDue(): Promise<SignedHeads> {
    const at = this.#clock.now();
    const today = new Date(at);
    today.setUTCHours(0, 0, 0, 0);
    const found = await this.#pool.query<DueRow>({
      ...STATEMENT_LIMIT,
      text: DUE,
      values: [CHAIN, today],
    });
    let signed = 0;
    let rewritten = 0;
    for (const row of found.rows) {
      if (row.signed_hash && !row.entry_hash?.equals(row.signed_hash)) {
        rewritten += 1;
        const { organization_id: organizationId, signed_sequence: sequence } = row;
        log().error({ organizationId, sequence }, "a journal was written anew");
      } else {
        await this.#sign(row, at);
        signed += 1;
      }
    }
    return { signed, rewritten };
  }

  async #sign(row: DueRow, at: Date): Promise<void> {
    const { key, publicKey } = this.#signing;
    const unsigned = {
      organizationId: row.organization_id,
      chain: CHAIN,
      sequence: BigInt(row.sequence),
      previousSequence: BigInt(row.signed_sequence ?? 0),
      hash: row.hash,
      signedAt: at.toISOString(),
      publicKey,
    };
    const signature = sign(null, journalHeadBytes(unsigned), key);
    const { organizationId, sequence, previousSequence, hash } = unsigned;
    // Two signers at once: the first that writes is the head, and the other one's is not needed.
    await this.#pool.query({
      ...STATEMENT_LIMIT,
      text: `INSERT INTO journal_head (organization_id, chain, sequence, previous_sequence, hash,
               signed_at, public_key, signature) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
               ON CONFLICT DO NOTHING`,
      values: [
        organizationId,
        CHAIN,
        sequence,
        previousSequence,
        hash,
        at,
        Buffer.from(publicKey),
        signature,
      ],
    });
  }
}

type DueRow = {
  readonly organization_id: string;
  readonly sequence: string;
  readonly hash: Buffer;
  readonly signed_sequence: string | null;
  readonly signed_hash: Buffer | null;
  /** Of the entry that was signed last, as it is now. */
  readonly entry_hash: Buffer | null;
};

const DUE = `
  SELECT k.organization_id, last.sequence, last.hash, signed.sequence AS signed_sequence,
    signed.hash AS signed_hash, e.hash AS entry_hash
    FROM (SELECT DISTINCT organization_id FROM vending_key) k
   CROSS JOIN LATERAL (SELECT sequence, hash FROM journal_entry
     WHERE organization_id = k.organization_id AND chain = $1
     ORDER BY sequence DESC LIMIT 1) AS last
    LEFT JOIN LATERAL (SELECT sequence, hash, signed_at FROM journal_head
     WHERE organization_id = k.organization_id AND chain = $1
     ORDER BY sequence DESC LIMIT 1) AS signed ON true
    LEFT JOIN journal_entry e ON e.organization_id = k.organization_id AND e.chain = $1
     AND e.sequence = signed.sequence
   WHERE signed.sequence IS NULL
      OR (signed.signed_at < $2 AND signed.sequence IS DISTINCT FROM last.sequence)`;
