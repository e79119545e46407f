export {
  type InvitationFaults,
  LONGEST_REASON,
  parseInvitationForm,
  parseStandingForm,
  readReason,
  SUPPORT_HOURS,
} from "./core/invitation-form";
export { isFullAdministrator } from "./core/member-rules";
export { parseRoleChange, type RoleChange } from "./core/role-change";
