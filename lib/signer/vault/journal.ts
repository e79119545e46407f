import type { Pool } from "pg";
import type { KnownHead } from "../core/head-lines";
import {
  type ChainHead,
  chainAfter,
  EMPTY_CHAIN,
  type JournalDraft,
  type JournalEntry,
} from "../core/journal-chain";
import { type HeadKeeper, headsInMemory } from "./head-file";
import { type EntryRow, entryOf, rowOf } from "./journal-row";
import { STATEMENT_LIMIT } from "./statement-limit";

export type TokenSetName = { readonly organizationId: string; readonly tokenSetId: string };

/** The chain of the one signer that there is today; its name is part of every hash. */
export const CHAIN = "signer-1";

const UNIQUE_VIOLATION = "23505";
const DEADLOCK_DETECTED = "40P01";
const CHECK_VIOLATION = "23514";
const CREDIT_CHECK = "vending_key_credit_counts_down";

/** The database does not have an entry that was written: it was put back to an earlier day. */
export class DatabaseRestoredError extends Error {
  override readonly name = "DatabaseRestoredError";
}

/** The journal of one signer: a chain for each organization, read and appended, never changed. */
export class Journal {
  readonly #pool: Pool;
  // Heads as this process believes them. Only a belief: the unique index on the sequence decides.
  readonly #heads = new Map<string, ChainHead>();
  readonly #keeper: HeadKeeper;

  constructor(pool: Pool, keeper: HeadKeeper = headsInMemory()) {
    this.#pool = pool;
    this.#keeper = keeper;
  }

  /** Resolves when the heads of all that was appended are kept beside the database. */
  kept(): Promise<void> {
    return this.#keeper.kept();
  }

  /**
   * The rows of these token sets, of whatever chain, ascending by position. They are read one by
   * one with `entryOf`, so that a damaged row is the trouble of its own set alone.
   */
  async listRows(sets: readonly TokenSetName[]): Promise<readonly EntryRow[]> {
    const found = await this.#pool.query<EntryRow>({
      ...STATEMENT_LIMIT,
      name: "journal-entries",
      text: ROWS_OF_SETS,
      values: [sets.map((set) => set.organizationId), sets.map((set) => set.tokenSetId)],
    });
    return found.rows;
  }

  /** A stretch of an organization's chain, for verifying; ascending, at most `most` entries. */
  async listChain(
    organizationId: string,
    { after, most }: { readonly after: bigint; readonly most: number },
  ): Promise<readonly JournalEntry[]> {
    const found = await this.#pool.query<EntryRow>({
      ...STATEMENT_LIMIT,
      text: `SELECT * FROM journal_entry WHERE organization_id = $1 AND chain = $2 AND sequence > $3
              ORDER BY sequence LIMIT $4`,
      values: [organizationId, CHAIN, after.toString(), most],
    });
    return found.rows.map(entryOf);
  }

  /**
   * Extends the chains and writes all drafts in one commit. "conflict" when another signer was
   * there first, for a place in the chain, a token set, a TID or the last of a key's credit: read
   * again and decide anew. When it throws it is not known whether the rows stand. With `isCounted`
   * the same statement counts down what keys may still issue.
   */
  async append(
    drafts: readonly JournalDraft[],
    { isCounted = false }: { readonly isCounted?: boolean } = {},
  ): Promise<"appended" | "conflict"> {
    const byOrganization = Map.groupBy(drafts, (draft) => draft.organizationId);
    // The same order of organizations everywhere, or two signers could wait for each other.
    const organizationIds = [...byOrganization.keys()].sort();
    try {
      await this.#learnHeads(organizationIds);
      const entries = organizationIds.flatMap((id) => this.#chained(id, byOrganization.get(id)));
      const written = await this.#pool.query({
        ...STATEMENT_LIMIT,
        name: isCounted ? "journal-append-counted" : "journal-append",
        text: isCounted ? APPEND_COUNTED : APPEND,
        values: [JSON.stringify(entries.map(rowOf))],
      });
      if (written.rowCount !== entries.length) {
        this.#forgetHeads(organizationIds);
        return "conflict";
      }
      for (const { organizationId, sequence, hash } of entries) {
        this.#heads.set(organizationId, { sequence, hash });
      }
      this.#keeper.note(organizationIds.flatMap((id) => this.#headOf(id)));
      return "appended";
    } catch (error) {
      this.#forgetHeads(organizationIds);
      if (isConflict(error)) return "conflict";
      throw error;
    }
  }

  #headOf(organizationId: string): readonly KnownHead[] {
    const head = this.#heads.get(organizationId);
    return head ? [{ organizationId, chain: CHAIN, ...head }] : [];
  }

  #forgetHeads(organizationIds: readonly string[]): void {
    for (const organizationId of organizationIds) this.#heads.delete(organizationId);
  }

  #chained(organizationId: string, drafts: readonly JournalDraft[] = []): readonly JournalEntry[] {
    let head = this.#heads.get(organizationId) ?? EMPTY_CHAIN;
    return drafts.map((draft) => {
      const entry = chainAfter(head, CHAIN, draft);
      head = entry;
      return entry;
    });
  }

  async #learnHeads(organizationIds: readonly string[]): Promise<void> {
    const unknown = organizationIds.filter((id) => !this.#heads.has(id));
    if (unknown.length === 0) return;
    const kept = unknown.map((id) => this.#keeper.headOf(id, CHAIN));
    const found = await this.#pool.query<LastRow>({
      ...STATEMENT_LIMIT,
      text: LAST_ENTRIES,
      values: [unknown, kept.map((head) => head?.sequence.toString() ?? null), CHAIN],
    });
    for (const { id, sequence, hash, hash_at_kept: hashAtKept } of found.rows) {
      const known = this.#keeper.headOf(id, CHAIN);
      if (known && !(hashAtKept && Buffer.from(known.hash).equals(hashAtKept))) {
        throw new DatabaseRestoredError(`journal entry ${known.sequence} of ${id} is not there`);
      }
      if (sequence && hash) this.#heads.set(id, { sequence: BigInt(sequence), hash });
    }
  }
}

type LastRow = {
  readonly id: string;
  readonly sequence: string | null;
  readonly hash: Buffer | null;
  /** Of the entry that is kept as the head beside the database. */
  readonly hash_at_kept: Buffer | null;
};

const LAST_ENTRIES = `
  SELECT asked.id, head.sequence, head.hash, kept.hash AS hash_at_kept
    FROM unnest($1::uuid[], $2::bigint[]) AS asked (id, kept)
    LEFT JOIN LATERAL (SELECT sequence, hash FROM journal_entry
      WHERE organization_id = asked.id AND chain = $3
      ORDER BY sequence DESC LIMIT 1) AS head ON true
    LEFT JOIN LATERAL (SELECT hash FROM journal_entry
      WHERE organization_id = asked.id AND chain = $3 AND sequence = asked.kept) AS kept ON true`;

// `OFFSET 0` keeps the planner from joining by a scan of the whole journal: a prepared statement
// keeps the plan that was good while the journal was short.
const ROWS_OF_SETS = `
  SELECT found.* FROM unnest($1::uuid[], $2::uuid[]) AS asked (organization_id, token_set_id)
   CROSS JOIN LATERAL (SELECT * FROM journal_entry e
     WHERE e.organization_id = asked.organization_id AND e.token_set_id = asked.token_set_id
     OFFSET 0) AS found
   ORDER BY found.organization_id, found.token_set_id, found.position`;

// One INSERT is one commit, whatever the number of rows.
//
// Nothing is written unless each chain's last entry is the one that we continue. The index alone
// would let a chain be continued beyond its end, after a database was restored under our feet.
const ENTRIES = `
  WITH entry AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS given (organization_id uuid,
    chain text, sequence bigint, at timestamptz, outcome text, refusal text, token_set_id uuid,
    position int, meter_id uuid, vending_key_id uuid, token_id_minutes int, reservation jsonb,
    token_mac text, previous_hash text, hash text)),
  first AS (SELECT DISTINCT ON (organization_id) * FROM entry ORDER BY organization_id, sequence),
  whole AS (SELECT coalesce(bool_and(first.sequence = 1 OR decode(first.previous_hash, 'hex') = (
    SELECT head.hash FROM journal_entry head
     WHERE head.organization_id = first.organization_id AND head.chain = first.chain
       AND head.sequence = first.sequence - 1) IS TRUE), true) AS stands FROM first)`;

// Where a key has less left than this, the check on its row undoes the entries too.
const COUNTED = `,
  spent AS (UPDATE vending_key_credit AS credit
    SET remaining_units = credit.remaining_units - taken.units
    FROM (SELECT organization_id, vending_key_id,
        sum((reservation->>'amountUnits')::bigint)::bigint AS units
        FROM entry WHERE outcome = 'issued' GROUP BY 1, 2) AS taken, whole
   WHERE whole.stands AND credit.organization_id = taken.organization_id
     AND credit.vending_key_id = taken.vending_key_id)`;

const INSERT = `
  INSERT INTO journal_entry (organization_id, chain, sequence, at, outcome, refusal, token_set_id,
    position, meter_id, vending_key_id, token_id_minutes, reservation, token_mac, previous_hash,
    hash)
  SELECT organization_id, chain, sequence, at, outcome, refusal, token_set_id, position, meter_id,
    vending_key_id, token_id_minutes, reservation, decode(token_mac, 'hex'),
    decode(previous_hash, 'hex'), decode(hash, 'hex')
    FROM entry WHERE (SELECT stands FROM whole)
   ORDER BY organization_id, sequence`;

const APPEND = `${ENTRIES}${INSERT}`;
const APPEND_COUNTED = `${ENTRIES}${COUNTED}${INSERT}`;

function isConflict(error: unknown): boolean {
  if (!(error instanceof Error && "code" in error)) return false;
  if (error.code === CHECK_VIOLATION) {
    return "constraint" in error && error.constraint === CREDIT_CHECK;
  }
  return error.code === UNIQUE_VIOLATION || error.code === DEADLOCK_DETECTED;
}
