/**
 * What became of a head. `rewritten` is an alarm: the chain is not the one that was signed before,
 * and is not signed again.
 */
export type SignedHead = {
  readonly outcome: "signed" | "nothing-to-sign" | "rewritten";
};

/** Who signs the heads of audit chains. Throws `SignerAwayError` when nobody answers. */
export type AuditSigner = {
  /** Signs the last link of an organization's chain; the signer reads it itself. */
  readonly signAuditHead: (organizationId: string) => Promise<SignedHead>;
};
