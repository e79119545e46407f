import { auditorPool } from "@/lib/platform/databases";
import {
  type AuditFault,
  type ChainEnd,
  EMPTY_AUDIT_CHAIN,
  faultOfHeads,
  walkChain,
} from "../core/audit-chain";
import {
  auditInstant,
  ENTRY_COLUMNS,
  type EntryColumns,
  entryOf,
  HEAD_COLUMNS,
  type HeadColumns,
  headOf,
  LINK_COLUMNS,
  type LinkColumns,
  linkOf,
} from "./audit-rows";

/** Asks the database; the auditor's pool, or in a tamper test the connection that tampered. */
type Query = <Row>(text: string, values: readonly unknown[]) => Promise<readonly Row[]>;

export type AuditVerdict = {
  readonly organizationId: string;
  readonly links: bigint;
  /** The last head that is signed, 0 where there is none. */
  readonly signed: bigint;
  readonly endHash: Uint8Array;
  readonly fault: AuditFault | null;
};

export type VerifyAudit = {
  /** The signer's, from its report: the 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly now: Date;
  readonly query?: Query;
};

const MOST_AT_ONCE = 1_000;
/** The worker links within a second and the signer signs then; after this something is wrong. */
const PATIENCE_MS = 60_000;

const asAuditor: Query = async (text, values) =>
  (await auditorPool().query(text, [...values])).rows as never;

/** Every organization that there is or of which there is an audit row, by id. */
export async function listAudited(query: Query = asAuditor): Promise<readonly string[]> {
  const rows = await query<{ id: string }>(
    `SELECT organization_id AS id FROM organization UNION SELECT organization_id FROM audit_entry
      UNION SELECT organization_id FROM audit_link UNION SELECT organization_id FROM audit_head
      ORDER BY 1`,
    [],
  );
  return rows.map((row) => row.id);
}

/** Verifies every organization's trail, one after another. */
export async function* verifyAudit(given: VerifyAudit): AsyncGenerator<AuditVerdict> {
  for (const id of await listAudited(given.query)) yield verifyOrganization(id, given);
}

/** Verifies one organization's trail: links with their entries, heads, and what has neither. */
export async function verifyOrganization(
  organizationId: string,
  { publicKey, now, query = asAuditor }: VerifyAudit,
): Promise<AuditVerdict> {
  const walked = await walkLinks(organizationId, query);
  const heads = await listHeads(organizationId, query);
  const verdict = {
    organizationId,
    links: walked.end.sequence,
    signed: heads.at(-1)?.head.sequence ?? 0n,
    endHash: walked.end.hash,
  };
  const patience = auditInstant(new Date(now.getTime() - PATIENCE_MS));
  const fault =
    walked.fault ??
    faultOfHeads(heads, publicKey) ??
    (await findUnlinked(organizationId, { now, query })) ??
    (walked.end.sequence > verdict.signed && (walked.endAt ?? "") < patience
      ? ({ code: "not-signed", row: (verdict.signed + 1n).toString() } as const)
      : null);
  return { ...verdict, fault };
}

async function walkLinks(organizationId: string, query: Query) {
  let end: ChainEnd = EMPTY_AUDIT_CHAIN;
  let endAt: string | null = null;
  let after: string | null = null;
  for (;;) {
    // A row below the first is read too: it would be a link that counts from nought.
    const rows: readonly (LinkColumns & EntryColumns & { readonly id: string | null })[] =
      await query(
        `SELECT ${LINK_COLUMNS}, ${ENTRY_COLUMNS} FROM audit_link l
           LEFT JOIN audit_entry e ON e.organization_id = l.organization_id
            AND e.id = l.audit_entry_id
          WHERE l.organization_id = $1 AND ($2::bigint IS NULL OR l.sequence > $2)
          ORDER BY l.sequence LIMIT ${MOST_AT_ONCE}`,
        [organizationId, after],
      );
    const steps = rows.map((row) => ({
      link: linkOf(row),
      entry: row.id === null ? null : entryOf(row),
    }));
    const walked = walkChain(end, steps);
    end = walked.end;
    endAt = rows.at(-1)?.link_at ?? endAt;
    if (walked.fault || rows.length < MOST_AT_ONCE) return { ...walked, endAt };
    after = rows.at(-1)?.sequence ?? after;
  }
}

async function listHeads(organizationId: string, query: Query) {
  const rows = await query<HeadColumns & { readonly link_hash: Uint8Array | null }>(
    `SELECT ${HEAD_COLUMNS}, l.hash AS link_hash FROM audit_head h
       LEFT JOIN audit_link l ON l.organization_id = h.organization_id AND l.sequence = h.sequence
      WHERE h.organization_id = $1 ORDER BY h.sequence`,
    [organizationId],
  );
  return rows.map((row) => ({ head: headOf(row), linkHash: row.link_hash }));
}

/**
 * The first entry that no link names, once it is old enough. Its id says when it was written: `at`
 * is the business's time and may lie in the past or to come.
 */
async function findUnlinked(
  organizationId: string,
  { now, query }: { readonly now: Date; readonly query: Query },
): Promise<AuditFault | null> {
  const rows = await query<{ id: string }>(
    `SELECT e.id FROM audit_entry e WHERE e.organization_id = $1 AND NOT EXISTS (
       SELECT FROM audit_link l WHERE l.organization_id = e.organization_id
          AND l.audit_entry_id = e.id) ORDER BY e.id LIMIT 1`,
    [organizationId],
  );
  const id = rows[0]?.id;
  if (!id || now.getTime() - millisecondsOf(id) < PATIENCE_MS) return null;
  return { code: "entry-not-linked", row: id };
}

/** The instant in a UUID of version 7 (RFC 9562, 5.7). */
const millisecondsOf = (id: string) => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
