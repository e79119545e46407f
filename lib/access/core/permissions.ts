// The one permission matrix. Pages, actions, handlers and tests are driven from it.

export const ROLES = [
  "administrator",
  "manager",
  "caretaker",
  "cashier",
  "accountant",
  "viewer",
  "dormitory officer",
] as const;
export type Role = (typeof ROLES)[number];
/** Somebody who helps: looks and changes nothing, until a moment that was fixed beforehand. */
export type MembershipRole = Role | "support";

const EVERYONE: readonly MembershipRole[] = [...ROLES, "support"];
/** A caretaker never meets money screens (docs/ARCHITECTURE.md, "People"). */
const MONEY = EVERYONE.filter((role) => role !== "caretaker");

type Rule = {
  readonly roles: readonly MembershipRole[];
  /**
   * `building`: of somebody whose role is limited to buildings, within these. `organization`: about
   * the whole, and so not for them at all.
   */
  readonly reach: "building" | "organization";
};
const inBuildings = (...roles: readonly MembershipRole[]): Rule => ({ roles, reach: "building" });
const ofAll = (...roles: readonly MembershipRole[]): Rule => ({ roles, reach: "organization" });

export const PERMISSION_MATRIX = {
  "building:read": inBuildings(...EVERYONE),
  "sale:read": inBuildings(...MONEY),
  "token:read": inBuildings("administrator", "manager", "cashier"),
  "role:read": inBuildings(...EVERYONE),
  /** Who did what, and from where: for who answers for the books, not for whoever is curious. */
  "audit:read": ofAll("administrator", "accountant"),
  "organization:manage": ofAll("administrator"),
  "member:read": ofAll("administrator", "manager"),
  "member:manage": ofAll("administrator"),
  "support:grant": ofAll("administrator"),
  "lease:manage": inBuildings("administrator", "manager", "dormitory officer"),
  "resident:invite": inBuildings("administrator", "manager", "caretaker", "dormitory officer"),
  /** Buildings, units, beds and meters: adding them, from a sheet too, and taking all of it out. */
  "property:manage": ofAll("administrator", "manager"),
  "reading:write": inBuildings("administrator", "manager", "caretaker", "dormitory officer"),
  /** A gateway's way in, with a secret of its own. */
  "gateway:manage": ofAll("administrator"),
  /** A program's way in, to sell for the organization. */
  "api-key:manage": ofAll("administrator"),
  /** What was supplied, used, sold and lost in a month. */
  "reconciliation:read": inBuildings(...MONEY.filter((role) => role !== "cashier")),
  /** Every account of the books with what moved it; a cashier sees the own drawer, not these. */
  "ledger:read": inBuildings(...MONEY.filter((role) => role !== "cashier")),
  /** Charging a lease, letting it off, deposits. */
  "ledger:manage": inBuildings("administrator", "accountant"),
  /** Closing a month, and opening it again: of the whole organization. */
  "ledger:close": ofAll("administrator", "accountant"),
  /** Shifts at a cash desk: one's own, and with `desk:manage` everybody's. */
  "desk:read": inBuildings("administrator", "manager", "cashier", "accountant"),
  /** Taking cash over a counter and giving it back. */
  "desk:sell": inBuildings("administrator", "manager", "cashier"),
  /** Desks themselves, and the shifts that others forgot to close. */
  "desk:manage": ofAll("administrator", "manager", "accountant"),
  "meter:manage": inBuildings("administrator", "manager"),
  /** What waits for a second person: everybody who may ask for something or approve it. */
  "approval:read": inBuildings(...ROLES.filter((role) => role !== "viewer")),
  "token:free-issue": inBuildings("administrator", "manager", "caretaker", "dormitory officer"),
  "token:manage": inBuildings("administrator", "manager", "caretaker"),
  "token:approve": inBuildings("administrator", "manager"),
  "key:manage": ofAll("administrator"),
  "refund:request": inBuildings("administrator", "manager", "cashier", "accountant"),
  "refund:approve": inBuildings("administrator", "accountant"),
  "tariff:read": ofAll("administrator", "manager", "accountant"),
  "tariff:manage": ofAll("administrator", "manager"),
  "tariff:approve": ofAll("administrator", "accountant"),
  /** Money that came in, and what waits for a person's decision about it. */
  "payment:read": ofAll("administrator", "accountant"),
  "payment:manage": ofAll("administrator", "accountant"),
  "payout:manage": ofAll("administrator", "accountant"),
} as const satisfies Record<string, Rule>;

export type Permission = keyof typeof PERMISSION_MATRIX;

export const PERMISSIONS = Object.keys(PERMISSION_MATRIX) as readonly Permission[];

/** Null for a word that is no role: the caller decides what a damaged row means. */
export function parseMembershipRole(text: string): MembershipRole | null {
  return EVERYONE.find((role) => role === text) ?? null;
}

/** Null for a word that is none of the seven roles; "support" is not given like a role. */
export function parseRole(text: string): Role | null {
  return ROLES.find((role) => role === text) ?? null;
}

/** What a role may do, by the matrix; less when it is limited to some buildings. */
export function permissionsOf(
  role: MembershipRole,
  { isLimited }: { readonly isLimited: boolean },
): readonly Permission[] {
  return PERMISSIONS.filter((permission) => {
    const rule: Rule = PERMISSION_MATRIX[permission];
    return rule.roles.includes(role) && !(isLimited && rule.reach === "organization");
  });
}
