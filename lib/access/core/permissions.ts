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

const EVERYONE = ROLES;
/** A caretaker never meets money screens (docs/ARCHITECTURE.md, "People"). */
const MONEY: readonly Role[] = ROLES.filter((role) => role !== "caretaker");

const PERMISSION_MATRIX = {
  "building:read": EVERYONE,
  "sale:read": MONEY,
  /** Who did what, and from where: for who answers for the books, not for whoever is curious. */
  "audit:read": ["administrator", "accountant"],
  "token:read": ["administrator", "manager", "cashier"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSION_MATRIX;

export const PERMISSIONS = Object.keys(PERMISSION_MATRIX) as readonly Permission[];

/** Null for a word that is no role: the caller decides what a damaged row means. */
export function parseRole(text: string): Role | null {
  return ROLES.find((role) => role === text) ?? null;
}

/** What a role may do, by the matrix. */
export function permissionsOf(role: Role): readonly Permission[] {
  return PERMISSIONS.filter((permission) =>
    (PERMISSION_MATRIX[permission] as readonly Role[]).includes(role),
  );
}
