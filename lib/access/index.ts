import "server-only";

export { contactHash } from "./core/contact";
export { buildingsOf, withinBuildings } from "./core/within-buildings";
export { type ApiKeyHolder, findApiKeyScope } from "./shell/api-key-scopes";
export { type Approval, decideApproval, takeApproval } from "./shell/approval-decisions";
export { type ApprovalView, hasApprover, listApprovals } from "./shell/approval-queue";
export { findApproval } from "./shell/approval-rows";
export { editApproval, requestApproval, withdrawApproval } from "./shell/approvals";
export { chainAudit, eraseAuditPersonal, recordAudit } from "./shell/audit";
export { type AuditView, findAuditState, listAudit, listAuditPeople } from "./shell/audit-search";
export { findGuestScopeByAddress, findGuestScopeByMeter } from "./shell/guest-scopes";
export {
  callScoped,
  callScopedIn,
  callScopedMany,
  closeDatabases,
  inScope,
  type ScopedTx,
} from "./shell/in-scope";
export { decideInstallationMode, isPracticeInstallation } from "./shell/installation-mode";
export { findInvitedScope } from "./shell/invited-scope";
export { type JournalAlarm, listMeterOwners, lookAtJournal } from "./shell/journal-look";
export { holdLeasesByContact, isContactOfLease, setLeaseContacts } from "./shell/lease-contacts";
export {
  findEndpointScope,
  findGatewayScope,
  findOrgScope,
  listResidentScopes,
  listStaffSlugs,
  systemScope,
} from "./shell/open-scopes";
export { inOperatorScope } from "./shell/operator";
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
export { recordSignInChange } from "./shell/person-audit";
export { findPracticeGuestScope } from "./shell/practice-guest-scope";
export {
  enterDirectory,
  findInvitationScope,
  listStaffEntries,
  listStaffPlaces,
} from "./shell/staff";
export { verifyAudit } from "./shell/verify-audit";
export {
  claimWork,
  completeAll,
  completeWork,
  dequeueDueWork,
  enqueueDueWork,
  enqueueSettled,
} from "./shell/work-queue";
export { inWorkerScope, makeReadingMonths } from "./shell/worker-rights";
