import "server-only";

export {
  ISSUE_REFUSALS,
  type IssueRefusal,
  type PracticeRefusal,
  SignerAwayError,
  SignerRefusedError,
} from "./errors";
export { signerClient } from "./shell/client";
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
