export { AUDIT_ACTIONS, type AuditAction } from "./core/audit-actions";
export { type AuditHead, auditHeadBytes, continuesHead } from "./core/audit-head";
export type { RequestOrigin } from "./core/scope";
export {
  parseSetupForm,
  SETUP_FIELDS,
  SETUP_LONGEST,
  type SetupFault,
  type SetupFaults,
  type SetupField,
  type SetupForm,
} from "./core/setup-form";
