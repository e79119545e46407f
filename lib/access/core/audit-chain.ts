import { createHash, createPublicKey, verify } from "node:crypto";
import { type AuditHead, auditHeadBytes, continuesHead } from "./audit-head";
import { areEqual, framedBytes } from "./framed-bytes";

/*
 * The chain of one organization: each link carries the hash of the one before it and of its entry,
 * so that a changed, missing or reordered row shows. What is cut off at the end shows by the heads
 * that the signer has signed; heads cut off with it show against a head known from elsewhere.
 *
 * JSON is hashed as the text in which PostgreSQL writes a jsonb: parsing it first would lose the
 * digits of a long number, and with them the change of one.
 */
const LINK_LABEL = "voltlet audit link 1";
const PERSONAL_LABEL = "voltlet audit personal 1";

/** What stands before the first link of a chain. */
export const AUDIT_GENESIS: Uint8Array = new Uint8Array(32);

/** An entry as it is hashed: instants are ISO 8601 in UTC, JSON is PostgreSQL's text of it. */
export type AuditEntryRow = {
  readonly organizationId: string;
  readonly id: string;
  readonly at: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly detail: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly personalHash: Uint8Array | null;
};

export type AuditLinkRow = {
  readonly organizationId: string;
  readonly sequence: bigint;
  readonly auditEntryId: string;
  readonly at: string;
  readonly previousHash: Uint8Array;
  readonly hash: Uint8Array;
};

/** A link with its entry, null where the entry is not there. */
export type AuditStep = { readonly link: AuditLinkRow; readonly entry: AuditEntryRow | null };

/** The last link of a chain, as far as it is known. */
export type ChainEnd = { readonly sequence: bigint; readonly hash: Uint8Array };

export const EMPTY_AUDIT_CHAIN: ChainEnd = { sequence: 0n, hash: AUDIT_GENESIS };

/** What is not as it was written, and at which row. */
export type AuditFault = {
  readonly code:
    | "link-missing"
    | "link-changed"
    | "entry-missing"
    | "entry-changed"
    | "entry-not-linked"
    | "head-changed"
    | "head-missing"
    | "head-of-another-chain"
    | "head-of-another-key"
    | "not-signed";
  /** The link's or head's sequence, or the entry's id. */
  readonly row: string;
};

/** SHA-256 over a link, its own hash left out, and the whole of its entry. */
export function hashOfLink(link: Omit<AuditLinkRow, "hash">, entry: AuditEntryRow): Uint8Array {
  const place = [link.organizationId, link.sequence.toString(), link.auditEntryId, link.at];
  const who = [entry.actorKind, entry.actorId, entry.action];
  const values = [entry.detail, entry.before, entry.after, entry.personalHash];
  const bytes = framedBytes(LINK_LABEL, [
    ...place,
    link.previousHash,
    entry.organizationId,
    entry.id,
    entry.at,
    ...who,
    entry.subjectKind,
    entry.subjectId,
    ...values,
  ]);
  return createHash("sha256").update(bytes).digest();
}

/** Gives an entry the place after `end`. */
export function linkAfter(end: ChainEnd, entry: AuditEntryRow, at: string): AuditLinkRow {
  const placed = {
    organizationId: entry.organizationId,
    sequence: end.sequence + 1n,
    auditEntryId: entry.id,
    at,
    previousHash: end.hash,
  };
  return { ...placed, hash: hashOfLink(placed, entry) };
}

/** Adds an entry's personal values up without giving them away: nobody can guess past the salt. */
export function hashOfPersonal(
  personal: Readonly<Record<string, string>>,
  salt: Uint8Array,
): Uint8Array {
  const fields = Object.keys(personal)
    .sort()
    .flatMap((name) => [name, personal[name] ?? ""]);
  const bytes = framedBytes(PERSONAL_LABEL, [salt, ...fields]);
  return createHash("sha256").update(bytes).digest();
}

export type WalkedChain = { readonly end: ChainEnd; readonly fault: AuditFault | null };

/** Walks links, ascending, from a known end. Stops at the first that is not as it was written. */
export function walkChain(known: ChainEnd, steps: readonly AuditStep[]): WalkedChain {
  let end = known;
  for (const { link, entry } of steps) {
    const fault = faultOfStep(end, { link, entry });
    if (fault) return { end, fault };
    end = { sequence: link.sequence, hash: link.hash };
  }
  return { end, fault: null };
}

function faultOfStep(end: ChainEnd, { link, entry }: AuditStep): AuditFault | null {
  const expected = (end.sequence + 1n).toString();
  if (link.sequence !== end.sequence + 1n) return { code: "link-missing", row: expected };
  if (!areEqual(link.previousHash, end.hash)) return { code: "link-changed", row: expected };
  if (!entry) return { code: "entry-missing", row: link.auditEntryId };
  // One hash is over both: which of the two was changed cannot be told, and need not be.
  if (!areEqual(link.hash, hashOfLink(link, entry))) {
    return { code: "entry-changed", row: `${expected} (entry ${entry.id})` };
  }
  return null;
}

/** A head with the hash of the link that it names, null where that link is not there. */
export type HeadWithLink = { readonly head: AuditHead; readonly linkHash: Uint8Array | null };

/** Walks heads, ascending: each follows the one before, fits its link and is signed by the key. */
export function faultOfHeads(
  heads: readonly HeadWithLink[],
  publicKey: Uint8Array,
): AuditFault | null {
  let previous = 0n;
  for (const { head, linkHash } of heads) {
    const row = head.sequence.toString();
    if (!areEqual(head.publicKey, publicKey)) return { code: "head-of-another-key", row };
    if (!isSigned(head)) return { code: "head-changed", row };
    if (head.previousSequence !== previous) {
      return { code: "head-missing", row: head.previousSequence.toString() };
    }
    const link = linkHash ? { hash: linkHash } : null;
    if (!continuesHead(head, link)) return { code: "head-of-another-chain", row };
    previous = head.sequence;
  }
  return null;
}

// RFC 8410: what stands before the 32 bytes of an Ed25519 key in its DER form.
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

/** Whether a head's signature is its own key's. Whether that is the signer's key is asked apart. */
export function isSigned(head: AuditHead): boolean {
  if (head.publicKey.length !== 32) return false;
  const der = Buffer.concat([SPKI_PREFIX, head.publicKey]);
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  return verify(null, auditHeadBytes(head), key, head.signature);
}
