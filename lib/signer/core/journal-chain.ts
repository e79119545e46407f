import { hash } from "node:crypto";
import { err, ok, type Result } from "@/lib/kernel";
import type { Reservation } from "./reservation";

/*
 * The chain: each entry carries the hash of the one before it, so a changed, missing, added or
 * reordered row shows. What is cut off at the end does not show by itself; for that one has to know
 * the head from elsewhere.
 *
 * The bytes of an entry, version 1: the label, then the fields in the order of `fieldsOf`. Each is
 * a length in four bytes, most significant first, and its bytes; a null is the length ff ff ff ff
 * and no bytes. Text is UTF-8, numbers are decimal text, instants ISO 8601 in UTC with
 * milliseconds. No two entries have the same bytes, because a field cannot run into the next one.
 * The hash is SHA-256.
 */
const LABEL = "voltlet journal entry 1";
const NULL_LENGTH = 0xffffffff;

/** What stands before the first entry of a chain. */
export const GENESIS_HASH: Uint8Array = new Uint8Array(32);

export type JournalEntry = {
  readonly organizationId: string;
  readonly chain: string;
  readonly sequence: bigint;
  readonly at: Date;
  readonly outcome: "issued" | "refused";
  readonly refusal: string | null;
  readonly tokenSetId: string;
  readonly position: number;
  readonly meterId: string;
  readonly vendingKeyId: string;
  readonly tokenIdMinutes: number | null;
  readonly reservation: Reservation;
  readonly tokenMac: Uint8Array | null;
  readonly previousHash: Uint8Array;
  readonly hash: Uint8Array;
};

/** The last entry of a chain, as far as it is known. */
export type ChainHead = { readonly sequence: bigint; readonly hash: Uint8Array };

export const EMPTY_CHAIN: ChainHead = { sequence: 0n, hash: GENESIS_HASH };

/** An entry that has no place in its chain yet. */
export type JournalDraft = Omit<JournalEntry, "chain" | "sequence" | "previousHash" | "hash">;

/** Gives a draft the place after `head`. */
export function chainAfter(head: ChainHead, chain: string, draft: JournalDraft): JournalEntry {
  const placed = { ...draft, chain, sequence: head.sequence + 1n, previousHash: head.hash };
  return { ...placed, hash: hashOfEntry(placed) };
}

export type ChainFault = {
  /** The sequence number at which the chain is not as it was written. */
  readonly sequence: bigint;
  readonly code: "sequence-broken" | "link-broken" | "content-changed";
};

/**
 * Walks one chain's entries, ascending, from the head that is trusted (the beginning, unless told
 * otherwise). Gives the new head, or the first entry that is wrong.
 */
export function verifyChain(
  entries: readonly JournalEntry[],
  trusted: ChainHead = EMPTY_CHAIN,
): Result<ChainHead, ChainFault> {
  let head = trusted;
  for (const entry of entries) {
    const { sequence, hash } = entry;
    if (sequence !== head.sequence + 1n) {
      return err({ code: "sequence-broken", sequence: head.sequence + 1n });
    }
    if (!areEqual(entry.previousHash, head.hash)) return err({ code: "link-broken", sequence });
    if (!areEqual(hash, hashOfEntry(entry))) return err({ code: "content-changed", sequence });
    head = { sequence, hash };
  }
  return ok(head);
}

/** SHA-256 over the entry's bytes, its own hash left out. */
export function hashOfEntry(entry: Omit<JournalEntry, "hash">): Uint8Array {
  const fields = fieldsOf(entry);
  // Hashed in one piece, for this is done for every token. Text takes up to three bytes a letter.
  const room = fields.reduce(
    (sum, field) => sum + 4 + (typeof field === "string" ? 3 : 1) * (field?.length ?? 0),
    LABEL.length,
  );
  const bytes = Buffer.allocUnsafe(room);
  let end = bytes.write(LABEL, 0, "utf8");
  for (const field of fields) {
    const begin = end + 4;
    const length = field === null ? 0 : put(bytes, field, begin);
    bytes.writeUInt32BE(field === null ? NULL_LENGTH : length, end);
    end = begin + length;
  }
  return hash("sha256", bytes.subarray(0, end), "buffer");
}

function put(bytes: Buffer, field: string | Uint8Array, at: number): number {
  if (typeof field === "string") return bytes.write(field, at, "utf8");
  bytes.set(field, at);
  return field.length;
}

function fieldsOf(entry: Omit<JournalEntry, "hash">): readonly (string | Uint8Array | null)[] {
  const { reservation } = entry;
  return [
    entry.organizationId,
    entry.chain,
    entry.sequence.toString(),
    entry.at.toISOString(),
    entry.outcome,
    entry.refusal,
    entry.tokenSetId,
    entry.position.toString(),
    entry.meterId,
    entry.vendingKeyId,
    entry.tokenIdMinutes === null ? null : entry.tokenIdMinutes.toString(),
    reservation.meterNumber,
    reservation.encryptionAlgorithm.toString(),
    reservation.tariffIndex.toString(),
    reservation.subclass.toString(),
    reservation.tokenIdMinutes.toString(),
    reservation.randomNibble.toString(),
    reservation.amountUnits.toString(),
    reservation.supplyGroupCode,
    reservation.keyRevisionNumber.toString(),
    reservation.keyType.toString(),
    reservation.baseDateYear.toString(),
    entry.tokenMac,
    entry.previousHash,
  ];
}

function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
