import { areEqual, framedBytes } from "./framed-bytes";

/** A link that the signer has signed; `signedAt` is ISO 8601 in UTC. */
export type AuditHead = {
  readonly organizationId: string;
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
export function auditHeadBytes(head: Omit<AuditHead, "signature">): Uint8Array {
  const { organizationId, sequence, previousSequence, hash, signedAt, publicKey } = head;
  const numbers = [sequence.toString(), previousSequence.toString()];
  return framedBytes("voltlet audit head 1", [
    organizationId,
    ...numbers,
    hash,
    signedAt,
    publicKey,
  ]);
}

/**
 * The link that the signer was shown, against its last head: a chain that has been written anew
 * since is not signed again.
 */
export function continuesHead(
  head: Pick<AuditHead, "hash">,
  linkAtHead: { readonly hash: Uint8Array } | null,
): boolean {
  return linkAtHead !== null && areEqual(linkAtHead.hash, head.hash);
}
