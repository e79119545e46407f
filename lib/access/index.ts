import "server-only";

export { withinBuildings } from "./core/within-buildings";
export type { ApprovalError, UseApprovalError } from "./errors";
export { type ApprovalView, countWaiting, listApprovals } from "./shell/approval-queue";
export {
  type Approval,
  decideApproval,
  editApproval,
  requestApproval,
  takeApproval,
  withdrawApproval,
} from "./shell/approvals";
export { chainAudit, eraseAuditPersonal, recordAudit } from "./shell/audit";
export { type AuditView, findAuditState, listAudit, listAuditPeople } from "./shell/audit-search";
export { callScoped, closeDatabases, inScope, type ScopedTx } from "./shell/in-scope";
export { decideInstallationMode, isPracticeInstallation } from "./shell/installation-mode";
export { holdLeasesByContact, isContactOfLease, setLeaseContacts } from "./shell/lease-contacts";
export {
  findEndpointScope,
  findGuestScopeByAddress,
  findGuestScopeByMeter,
  findOrgScope,
  listResidentScopes,
  listStaffSlugs,
  systemScope,
} from "./shell/open-scopes";
export {
  addLeaseHolder,
  addMember,
  addStaff,
  createOrganization,
  findOrganization,
  forgetMember,
  freeSlug,
  isInstallationEmpty,
} from "./shell/organizations";
export { verifyAudit } from "./shell/verify-audit";
export { claimWork, completeWork, dequeueDueWork, enqueueDueWork } from "./shell/work-queue";
