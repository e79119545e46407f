import type { MessageKey } from "@/components/ui/translate";
import {
  type MembershipRole,
  PERMISSION_MATRIX,
  PERMISSIONS,
  type Permission,
} from "@/lib/access/shared";

type Group = "look" | "people" | "building" | "token" | "money";

/** The compiler asks for a group for each word of the matrix: none can be left off the page. */
const GROUP_OF: Readonly<Record<Permission, Group>> = {
  "building:read": "look",
  "sale:read": "look",
  "token:read": "look",
  "role:read": "look",
  "audit:read": "look",
  "reconciliation:read": "look",
  "ledger:read": "look",
  "organization:manage": "people",
  "member:read": "people",
  "member:manage": "people",
  "support:grant": "people",
  "property:manage": "building",
  "lease:manage": "building",
  "resident:invite": "building",
  "reading:write": "building",
  "meter:manage": "building",
  "gateway:manage": "building",
  "api-key:manage": "money",
  "approval:read": "token",
  "token:free-issue": "token",
  "token:manage": "token",
  "token:approve": "token",
  "key:manage": "token",
  "desk:read": "money",
  "desk:sell": "money",
  "desk:manage": "money",
  "refund:request": "money",
  "refund:approve": "money",
  "tariff:read": "look",
  "tariff:manage": "money",
  "tariff:approve": "money",
  "payment:read": "money",
  "payment:manage": "money",
  "payout:manage": "money",
  "ledger:manage": "money",
  "ledger:close": "money",
};

const GROUP_KEYS: Readonly<Record<Group, MessageKey>> = {
  look: "roles.groupLook",
  people: "roles.groupPeople",
  building: "roles.groupBuilding",
  token: "roles.groupToken",
  money: "roles.groupMoney",
};

/** The matrix in the order of the page: groups with their permissions. */
export const PERMISSION_GROUPS = Object.entries(GROUP_KEYS).map(([group, titleKey]) => ({
  titleKey,
  permissions: PERMISSIONS.filter((permission) => GROUP_OF[permission] === group),
}));

/** Whether a role may: for all, for its buildings where it is limited, or not. */
export function reachOf(role: MembershipRole, permission: Permission): "building" | "all" | null {
  const { roles, reach } = PERMISSION_MATRIX[permission];
  if (!roles.includes(role)) return null;
  return reach === "building" ? "building" : "all";
}
