import "server-only";

export type { Permission, Role } from "./core/permissions";
export type {
  EndpointScope,
  GuestScope,
  OrgScope,
  ResidentScope,
  Scope,
  SystemScope,
} from "./core/scope";
export type { WorkItem } from "./core/work-item";
export { chainAudit, eraseAuditPersonal, recordAudit } from "./shell/audit";
export { type AuditView, findAuditState, listAudit, listAuditPeople } from "./shell/audit-search";
export { callScoped, closeDatabases, inScope, type ScopedTx } from "./shell/in-scope";
export { decideInstallationMode, isPracticeInstallation } from "./shell/installation-mode";
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
  addStaff,
  createOrganization,
  createPerson,
  findOrganization,
  isInstallationEmpty,
} from "./shell/organizations";
export { isSetupLinkOpen, makeSetupLink, setUpByLink } from "./shell/setup-link";
export { findSignedIn, type SignedIn, signIn, signOut } from "./shell/sign-in";
export { verifyAudit } from "./shell/verify-audit";
export { claimWork, completeWork, dequeueDueWork, enqueueDueWork } from "./shell/work-queue";
