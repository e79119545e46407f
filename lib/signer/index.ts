import "server-only";

export type { AuditSigner, JournalWitness, KeptHead } from "./audit-signer";
export { type JournalEntry, verifyChain } from "./core/journal-chain";
export {
  ISSUE_REFUSALS,
  type IssueRefusal,
  type PracticeRefusal,
  SignerAwayError,
  SignerRefusedError,
} from "./errors";
export { type SignerClient, signerClient } from "./shell/client";
export type {
  IssuedToken,
  IssueOutcome,
  IssueRequest,
  ManufacturedMeter,
  ManufactureRequest,
  PracticeKeyRequest,
  PracticeSigner,
  SignerReport,
  TokenIssuer,
} from "./token-issuer";
