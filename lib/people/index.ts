import "server-only";

export type { AcceptError, InvitationError, InviteError, MemberError } from "./errors";
export {
  acceptAsNewPerson,
  acceptInvitation,
  findInvitation,
  type InvitationOffer,
} from "./shell/accept-invitation";
export { carryOutRoleChange } from "./shell/carry-out";
export { type AfterHandOver, handOver } from "./shell/hand-over";
export {
  type InvitationView,
  type Invited,
  inviteStaff,
  listInvitations,
  markMailed,
  renewInvitation,
  revokeInvitation,
} from "./shell/invitations";
export {
  changeMember,
  findMember,
  leaveOrganization,
  listMembers,
  type MemberView,
  removeMember,
} from "./shell/members";
export { changeContact } from "./shell/organization-contact";
export { changeOrganization, openOrganization } from "./shell/organization-names";
export { endSupport, listOpenSupport, recordSupportView } from "./shell/support";
