import type { IssueRefusal, SalesClosedReason } from "./errors";

export type IssuedToken = { readonly position: number; readonly digits: string };

/**
 * What became of one token set. `issued` and `refused` are for ever: they stand in the journal.
 * `unknown` says that no reservation of this name exists (for this organization) at this moment.
 */
export type IssueOutcome = { readonly tokenSetId: string } & (
  | { readonly outcome: "issued"; readonly tokens: readonly IssuedToken[] }
  | { readonly outcome: "refused"; readonly refusal: IssueRefusal }
  | { readonly outcome: "unknown" }
);

export type IssueRequest = {
  readonly organizationId: string;
  /** 1 to 100. */
  readonly tokenSetIds: readonly string[];
};

export type PracticeKeyRequest = {
  readonly organizationId: string;
  /** SGC, six digits. */
  readonly supplyGroupCode: string;
  /** KRN, 1 to 9. */
  readonly keyRevisionNumber: number;
  readonly baseDateYear: 1993 | 2014 | 2035;
  /** KEN, 0 to 255; 255 never expires. */
  readonly keyExpiryNumber: number;
};

export type ManufactureRequest = { readonly organizationId: string; readonly meterId: string };

/** What a meter has in its memory when it leaves the factory. The key is a secret: never log it. */
export type ManufacturedMeter = {
  readonly decoderKeyHex: string;
  readonly keyType: 2;
  readonly keyExpiryNumber: number;
  readonly baseDateYear: 1993 | 2014 | 2035;
};

export type SignerReport = {
  /** The database answers and the installation has its mode. */
  readonly isReady: boolean;
  readonly mode: "practice" | "production" | null;
  /** Why nothing is issued until `npm run recover` has been run; null where something is. */
  readonly closedBecause: SalesClosedReason | null;
  /** Token sets that wait for the commit that is under way. */
  readonly waitingTokenSets: number;
  /** Ed25519, 32 bytes: the signatures of audit heads are checked with it. */
  readonly auditPublicKeyHex: string;
  /** Ed25519, 32 bytes: the daily signatures of the journal are checked with it. */
  readonly journalPublicKeyHex: string;
};

/**
 * Who makes tokens: our signer, later perhaps an upstream vending server. Every method throws
 * `SignerAwayError` when nobody answers within five seconds; then it is not known what happened,
 * and asking again is safe.
 */
export type TokenIssuer = {
  /**
   * The tokens of reservations, in the order asked. The issuer reads the reservations itself;
   * asking again gives the same answer, digit by digit.
   */
  readonly issue: (request: IssueRequest) => Promise<readonly IssueOutcome[]>;
  readonly report: () => Promise<SignerReport>;
};

/** What our own signer does for practice money and practice meters; no other issuer has it. */
export type PracticeSigner = {
  /**
   * Makes a vending key by chance, marked practice, in a practice installation only (else
   * `SignerRefusedError`). Active from its base date; the same attributes give the same key again.
   */
  readonly generatePracticeKey: (
    request: PracticeKeyRequest,
  ) => Promise<{ readonly vendingKeyId: string }>;
  /**
   * Hands a meter's decoder key to the practice meter: under a practice key in a practice
   * installation only (else `SignerRefusedError`).
   */
  readonly manufacture: (request: ManufactureRequest) => Promise<ManufacturedMeter>;
};
