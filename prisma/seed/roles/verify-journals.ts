import { type JournalEntry, verifyChain } from "@/lib/signer";
import type { Query } from "./superuser";

type Row = Omit<JournalEntry, "sequence"> & { readonly sequence: string };

const ENTRIES = `
  SELECT organization_id AS "organizationId", chain, sequence, at, outcome, refusal,
    token_set_id AS "tokenSetId", position, meter_id AS "meterId",
    vending_key_id AS "vendingKeyId", token_id_minutes AS "tokenIdMinutes", reservation,
    token_mac AS "tokenMac", previous_hash AS "previousHash", hash
    FROM journal_entry ORDER BY organization_id, chain, sequence`;

/** Walks every organization's chain from its beginning; gives what is wrong, and how many stand. */
export async function verifyJournals(
  query: Query,
): Promise<{ readonly entries: number; readonly faults: readonly string[] }> {
  const rows = await query<Row>(ENTRIES);
  const entries = rows.map((row) => ({ ...row, sequence: BigInt(row.sequence) }));
  const chains = Map.groupBy(entries, ({ organizationId, chain }) => `${organizationId} ${chain}`);
  const faults = [...chains].flatMap(([name, chain]) => {
    const verified = verifyChain(chain);
    return verified.ok ? [] : [`${name}: ${verified.error.code} at ${verified.error.sequence}`];
  });
  return { entries: rows.length, faults };
}
