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

/** The last entry of a chain of the journal, as the signer keeps it beside the database. */
export type KeptHead = {
  readonly organizationId: string;
  readonly chain: string;
  readonly sequence: string;
  readonly hashHex: string;
};

/** Who can say what the journal must end with, whatever the database says. */
export type JournalWitness = {
  /** All heads that are kept, by organization and chain. Throws `SignerAwayError`. */
  readonly listKeptHeads: () => Promise<readonly KeptHead[]>;
};
