import "server-only";

export { KEY_SCOPES, type KeyScope, PER_MINUTE } from "./core/key-scopes";
export { PROBLEM_CODES, PROBLEMS, type Problem, problemType } from "./core/problems";
export type { CreateKeyError } from "./errors";
export { type ApiCall, answerApi } from "./shell/answer-api";
export { type ApiKeyView, createApiKey, listApiKeys, revokeApiKey } from "./shell/api-keys";
export { forgetRequests } from "./shell/forget-requests";
export { openApiDocument } from "./shell/open-api";
export { openKey } from "./shell/open-key";
export {
  OPERATIONS,
  type Operation,
  type OperationName,
  operationOf,
  problemsOf,
} from "./shell/operations";
