import { createPublicKey, verify } from "node:crypto";
import { areEqual, framedBytes } from "@/lib/access/shared";

/** An entry of a chain that the signer has signed; `signedAt` is ISO 8601 in UTC. */
export type SignedJournalHead = {
  readonly organizationId: string;
  readonly chain: string;
  readonly sequence: bigint;
  /** The head signed before this one, 0 for the first: so a missing head shows as well. */
  readonly previousSequence: bigint;
  readonly hash: Uint8Array;
  readonly signedAt: string;
  /** Ed25519, the 32 bytes of RFC 8032. */
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
};

/** What a head's signature is over, version 1. */
export function journalHeadBytes(head: Omit<SignedJournalHead, "signature">): Uint8Array {
  const { organizationId, chain, sequence, previousSequence, hash, signedAt, publicKey } = head;
  return framedBytes("voltlet journal head 1", [
    organizationId,
    chain,
    sequence.toString(),
    previousSequence.toString(),
    hash,
    signedAt,
    publicKey,
  ]);
}

/** A signed head, and the hash of the entry that it names: null where that is not there. */
export type HeadWithEntry = {
  readonly head: SignedJournalHead;
  readonly entryHash: Uint8Array | null;
};

export type JournalHeadFault = {
  readonly code: "head-of-another-key" | "head-changed" | "head-missing" | "head-not-in-chain";
  readonly sequence: bigint;
};

/** Walks one chain's heads, ascending: each follows the one before, and fits its entry and key. */
export function faultOfJournalHeads(
  heads: readonly HeadWithEntry[],
  publicKey: Uint8Array,
): JournalHeadFault | null {
  let previous = 0n;
  for (const { head, entryHash } of heads) {
    const { sequence } = head;
    if (!areEqual(head.publicKey, publicKey)) return { code: "head-of-another-key", sequence };
    if (!isSigned(head)) return { code: "head-changed", sequence };
    if (head.previousSequence !== previous) {
      return { code: "head-missing", sequence: head.previousSequence };
    }
    if (!entryHash || !areEqual(entryHash, head.hash)) {
      return { code: "head-not-in-chain", sequence };
    }
    previous = sequence;
  }
  return null;
}

// RFC 8410: what stands before the 32 bytes of an Ed25519 key in its DER form.
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

function isSigned(head: SignedJournalHead): boolean {
  if (head.publicKey.length !== 32) return false;
  const der = Buffer.concat([SPKI_PREFIX, head.publicKey]);
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  return verify(null, journalHeadBytes(head), key, head.signature);
}
