import "server-only";

export type { AuditSigner } from "./audit-signer";
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
  SignerReport,
  TokenIssuer,
} from "./token-issuer";
