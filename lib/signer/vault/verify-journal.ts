import { auditorPool } from "@/lib/platform/databases";
import { type ChainHead, EMPTY_CHAIN } from "../core/journal-chain";
import { faultOfJournalHeads, type HeadWithEntry } from "../core/journal-head";
import {
  type EntryOwner,
  faultOfEnd,
  type JournalFault,
  type WalkedEntry,
  walkJournal,
} from "../core/journal-verdict";
import { type EntryRow, entryOf } from "./journal-row";

/** Asks the database; the auditor's pool, or in a tamper test the connection that tampered. */
export type JournalQuery = <Row>(
  text: string,
  values: readonly unknown[],
) => Promise<readonly Row[]>;

export type KeptEnd = ChainHead & { readonly organizationId: string; readonly chain: string };

export type VerifyJournal = {
  /** The signer's, from its report: the 32 bytes. */
  readonly publicKey: Uint8Array;
  /** What the signer keeps beside the database. */
  readonly kept: readonly KeptEnd[];
  readonly query?: JournalQuery;
};

export type JournalVerdict = {
  readonly organizationId: string;
  readonly entries: bigint;
  /** The last entry that is signed, 0 where there is none. */
  readonly signed: bigint;
  readonly endHash: Uint8Array;
  readonly fault: JournalFault | null;
};

const MOST_AT_ONCE = 1_000;

const asAuditor: JournalQuery = async (text, values) =>
  (await auditorPool().query(text, [...values])).rows as never;

/** Every organization that there is, or of which there is a row or a kept head, by id. */
export async function listJournalled({
  kept,
  query = asAuditor,
}: Pick<VerifyJournal, "kept" | "query">): Promise<readonly string[]> {
  const rows = await query<{ id: string }>(
    `SELECT organization_id AS id FROM organization UNION SELECT organization_id FROM journal_entry
      UNION SELECT organization_id FROM journal_head
      UNION SELECT unnest($1::uuid[]) ORDER BY 1`,
    [kept.map(({ organizationId }) => organizationId)],
  );
  return rows.map(({ id }) => id);
}

/** Verifies every organization's journal, one after another, by id. */
export async function* verifyJournals(given: VerifyJournal): AsyncGenerator<JournalVerdict> {
  for (const id of await listJournalled(given)) yield verifyJournalOf(id, given);
}

/** Verifies one organization's journal: chains with what owns each entry, heads, and their ends. */
export async function verifyJournalOf(
  organizationId: string,
  { publicKey, kept, query = asAuditor }: VerifyJournal,
): Promise<JournalVerdict> {
  const ours = kept.filter((head) => head.organizationId === organizationId);
  const chains = await listChains(organizationId, ours, query);
  let verdict = { entries: 0n, signed: 0n, endHash: EMPTY_CHAIN.hash };
  let fault: JournalFault | null = null;
  for (const chain of chains) {
    const given = { publicKey, kept: ours.find((head) => head.chain === chain) ?? null, query };
    const one = await verifyChainOf(organizationId, chain, given);
    const { end, signed } = one;
    verdict = { entries: verdict.entries + end.sequence, signed, endHash: end.hash };
    fault ??= one.fault;
  }
  fault ??= await findUnjournalled(organizationId, query);
  return { organizationId, ...verdict, fault };
}

async function listChains(
  organizationId: string,
  kept: readonly KeptEnd[],
  query: JournalQuery,
): Promise<readonly string[]> {
  const rows = await query<{ chain: string }>(
    `SELECT DISTINCT chain FROM journal_entry WHERE organization_id = $1
      UNION SELECT DISTINCT chain FROM journal_head WHERE organization_id = $1
      UNION SELECT unnest($2::text[]) ORDER BY 1`,
    [organizationId, kept.map(({ chain }) => chain)],
  );
  return rows.map(({ chain }) => chain);
}

type OfChain = {
  readonly publicKey: Uint8Array;
  readonly kept: ChainHead | null;
  readonly query: JournalQuery;
};

async function verifyChainOf(
  organizationId: string,
  chain: string,
  { publicKey, kept, query }: OfChain,
) {
  const walked = await walkEntries(organizationId, chain, query);
  const heads = await listSignedHeads(organizationId, chain, query);
  const { end } = walked;
  const signed = heads.at(-1)?.head.sequence ?? 0n;
  const of = { end, kept, hashAtKept: await hashAt(organizationId, { chain, kept, query }) };
  const headFault = faultOfJournalHeads(heads, publicKey);
  const fault =
    walked.fault ??
    faultOfEnd(chain, of) ??
    (headFault && { code: headFault.code, chain, row: headFault.sequence.toString() });
  return { end, signed, fault };
}

async function walkEntries(organizationId: string, chain: string, query: JournalQuery) {
  let end = EMPTY_CHAIN;
  let after: string | null = null;
  for (;;) {
    // A row below the first is read too: it would be an entry that counts from nought.
    const rows: readonly (EntryRow & OwnerColumns)[] = await query(ENTRIES, [
      organizationId,
      chain,
      after,
      MOST_AT_ONCE,
    ]);
    const walked = walkJournal(chain, rows.map(walkedOf), end);
    end = walked.end;
    if (walked.fault || rows.length < MOST_AT_ONCE) return walked;
    after = rows.at(-1)?.sequence ?? after;
  }
}

const ENTRIES = `
  SELECT e.*, s.meter_id AS set_meter_id, s.purchase_id, s.approval_id,
    p.status AS purchase_status, a.state AS approval_state, r.meter_id AS reserved_meter_id,
    r.vending_key_id AS reserved_key_id, r.meter_number AS reserved_meter_number,
    r.token_id_minutes AS reserved_token_id, r.amount_units AS reserved_units
    FROM journal_entry e
    LEFT JOIN token_set s ON s.organization_id = e.organization_id AND s.id = e.token_set_id
    LEFT JOIN purchase p ON p.organization_id = s.organization_id AND p.id = s.purchase_id
    LEFT JOIN approval_request a ON a.organization_id = s.organization_id
     AND a.id = s.approval_id
    LEFT JOIN token_reservation r ON r.organization_id = e.organization_id
     AND r.token_set_id = e.token_set_id AND r.position = e.position
   WHERE e.organization_id = $1 AND e.chain = $2 AND ($3::bigint IS NULL OR e.sequence > $3)
   ORDER BY e.sequence LIMIT $4`;

type OwnerColumns = {
  readonly set_meter_id: string | null;
  readonly purchase_id: string | null;
  readonly approval_id: string | null;
  readonly purchase_status: string | null;
  readonly approval_state: string | null;
  readonly reserved_meter_id: string | null;
  readonly reserved_key_id: string;
  readonly reserved_meter_number: string;
  readonly reserved_token_id: number;
  readonly reserved_units: number;
};

function walkedOf(row: EntryRow & OwnerColumns): WalkedEntry {
  try {
    return { entry: entryOf(row), found: ownerOf(row) };
  } catch {
    return { entry: null, sequence: BigInt(row.sequence) };
  }
}

function ownerOf(row: OwnerColumns): EntryOwner {
  const reservation = row.reserved_meter_id !== null && {
    meterId: row.reserved_meter_id,
    vendingKeyId: row.reserved_key_id,
    meterNumber: row.reserved_meter_number,
    tokenIdMinutes: row.reserved_token_id,
    amountUnits: row.reserved_units,
  };
  const purchase = row.purchase_id !== null && { kind: "purchase" as const };
  const approval = row.approval_id !== null && { kind: "approval" as const };
  return {
    set: row.set_meter_id === null ? null : { meterId: row.set_meter_id },
    reservation: reservation || null,
    owner:
      (purchase && { ...purchase, state: row.purchase_status }) ||
      (approval && { ...approval, state: row.approval_state }) ||
      null,
  };
}

async function hashAt(
  organizationId: string,
  { chain, kept, query }: Omit<OfChain, "publicKey"> & { readonly chain: string },
): Promise<Uint8Array | null> {
  if (!kept) return null;
  const rows = await query<{ hash: Uint8Array }>(
    "SELECT hash FROM journal_entry WHERE organization_id = $1 AND chain = $2 AND sequence = $3",
    [organizationId, chain, kept.sequence.toString()],
  );
  return rows[0]?.hash ?? null;
}

type SignedRow = {
  readonly sequence: string;
  readonly previous_sequence: string;
  readonly hash: Uint8Array;
  readonly signed_at: Date;
  readonly public_key: Uint8Array;
  readonly signature: Uint8Array;
  readonly entry_hash: Uint8Array | null;
};

async function listSignedHeads(
  organizationId: string,
  chain: string,
  query: JournalQuery,
): Promise<readonly HeadWithEntry[]> {
  const rows = await query<SignedRow>(
    `SELECT h.sequence, h.previous_sequence, h.hash, h.signed_at, h.public_key, h.signature,
       e.hash AS entry_hash FROM journal_head h
       LEFT JOIN journal_entry e ON e.organization_id = h.organization_id AND e.chain = h.chain
        AND e.sequence = h.sequence
      WHERE h.organization_id = $1 AND h.chain = $2 ORDER BY h.sequence`,
    [organizationId, chain],
  );
  return rows.map((row) => ({
    head: {
      organizationId,
      chain,
      sequence: BigInt(row.sequence),
      previousSequence: BigInt(row.previous_sequence),
      hash: row.hash,
      signedAt: row.signed_at.toISOString(),
      publicKey: row.public_key,
      signature: row.signature,
    },
    entryHash: row.entry_hash,
  }));
}

/** The first token that stands in the database and not, as issued, in the journal. */
async function findUnjournalled(
  organizationId: string,
  query: JournalQuery,
): Promise<JournalFault | null> {
  const rows = await query<{ id: string }>(
    `SELECT t.token_set_id AS id FROM meter_token t WHERE t.organization_id = $1
        AND NOT EXISTS (SELECT FROM journal_entry e WHERE e.organization_id = t.organization_id
          AND e.token_set_id = t.token_set_id AND e.position = t.position
          AND e.outcome = 'issued')
      ORDER BY t.token_set_id LIMIT 1`,
    [organizationId],
  );
  return rows[0]
    ? { code: "token-not-journalled", chain: "", row: `token set ${rows[0].id}` }
    : null;
}
