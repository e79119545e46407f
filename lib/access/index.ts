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
export { recordAudit } from "./shell/audit";
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
export { findSignedIn, type SignedIn, signIn, signOut } from "./shell/sign-in";
export {
  claimWork,
  completeWork,
  dequeueDueWork,
  enqueueDueWork,
  type WorkItem,
} from "./shell/work-queue";
