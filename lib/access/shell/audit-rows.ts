import type { AuditEntryRow, AuditLinkRow } from "../core/audit-chain";
import type { AuditHead } from "../core/audit-head";

// Rows of the audit trail as text and bytes, so that what is hashed is what is stored: an instant
// with every digit that PostgreSQL keeps, JSON as PostgreSQL writes it.

const instant = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The columns of an entry, from a table or join called `e`. */
export const ENTRY_COLUMNS = `e.organization_id AS entry_organization_id, e.id,
  ${instant("e.at")} AS at,
  e.actor_kind, e.actor_id, e.action, e.subject_kind, e.subject_id, e.detail::text AS detail,
  e."before"::text AS "before", e."after"::text AS "after", e.personal_hash`;

/** The columns of a link called `l`. */
export const LINK_COLUMNS = `l.organization_id, l.sequence::text AS sequence, l.audit_entry_id,
  ${instant("l.at")} AS link_at, l.previous_hash, l.hash`;

/** The columns of a head called `h`. */
export const HEAD_COLUMNS = `h.organization_id, h.sequence::text AS sequence,
  h.previous_sequence::text AS previous_sequence, h.hash, ${instant("h.signed_at")} AS signed_at,
  h.public_key, h.signature`;

export type EntryColumns = {
  readonly entry_organization_id: string;
  readonly id: string;
  readonly at: string;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly action: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly detail: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly personal_hash: Uint8Array | null;
};

export type LinkColumns = {
  readonly organization_id: string;
  readonly sequence: string;
  readonly audit_entry_id: string;
  readonly link_at: string;
  readonly previous_hash: Uint8Array;
  readonly hash: Uint8Array;
};

export type HeadColumns = {
  readonly organization_id: string;
  readonly sequence: string;
  readonly previous_sequence: string;
  readonly hash: Uint8Array;
  readonly signed_at: string;
  readonly public_key: Uint8Array;
  readonly signature: Uint8Array;
};

export const entryOf = (row: EntryColumns): AuditEntryRow => ({
  organizationId: row.entry_organization_id,
  id: row.id,
  at: row.at,
  actorKind: row.actor_kind,
  actorId: row.actor_id,
  action: row.action,
  subjectKind: row.subject_kind,
  subjectId: row.subject_id,
  detail: row.detail,
  before: row.before,
  after: row.after,
  personalHash: row.personal_hash,
});

export const linkOf = (row: LinkColumns): AuditLinkRow => ({
  organizationId: row.organization_id,
  sequence: BigInt(row.sequence),
  auditEntryId: row.audit_entry_id,
  at: row.link_at,
  previousHash: row.previous_hash,
  hash: row.hash,
});

export const headOf = (row: HeadColumns): AuditHead => ({
  organizationId: row.organization_id,
  sequence: BigInt(row.sequence),
  previousSequence: BigInt(row.previous_sequence),
  hash: row.hash,
  signedAt: row.signed_at,
  publicKey: row.public_key,
  signature: row.signature,
});

/** An instant as the columns above write it, at the milliseconds that are stored. */
export const auditInstant = (at: Date): string => at.toISOString().replace("Z", "000Z");
