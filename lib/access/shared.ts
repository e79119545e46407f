export {
  APPROVAL_KINDS,
  APPROVAL_STATES,
  type ApprovalKind,
  type ApprovalState,
  parseApprovalKind,
} from "./core/approval-kinds";
export { AUDIT_ACTIONS, type AuditAction } from "./core/audit-actions";
export { type AuditHead, auditHeadBytes, continuesHead } from "./core/audit-head";
export { type Contact, LONGEST_EMAIL, parseContact } from "./core/contact";
export { areEqual, framedBytes } from "./core/framed-bytes";
export {
  type MembershipRole,
  PERMISSION_MATRIX,
  PERMISSIONS,
  type Permission,
  parseMembershipRole,
  parseRole,
  permissionsOf,
  ROLES,
  type Role,
} from "./core/permissions";
export type {
  EndpointScope,
  GuestScope,
  OrgScope,
  RequestOrigin,
  ResidentScope,
  Scope,
  SystemScope,
} from "./core/scope";
export { isWithinBuildings } from "./core/within-buildings";
export type { WorkItem } from "./core/work-item";
