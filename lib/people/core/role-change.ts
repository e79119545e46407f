import {
  type MembershipRole,
  parseMembershipRole,
  parseRole,
  type Role,
} from "@/lib/access/shared";

/** The buildings a role is limited to; null where it is not. */
export type Buildings = readonly string[] | null;

/** What an approval of the kind `role-change` is about. */
export type RoleChange =
  | {
      readonly change: "role";
      /** How it stood when it was asked for: another standing by then makes it void. */
      readonly fromRole: MembershipRole;
      readonly fromBuildings: Buildings;
      readonly role: Role;
      readonly buildings: Buildings;
    }
  | {
      readonly change: "remove";
      readonly fromRole: MembershipRole;
      readonly fromBuildings: Buildings;
    }
  /** The subject is the invitation; the address stands there, for a request names nobody. */
  | { readonly change: "invite"; readonly role: Role; readonly buildings: Buildings };

type Content = Readonly<Record<string, string | number | boolean>>;

const ALL = "all";

/** Buildings as one word: `all`, or the ids in order. */
export function buildingsText(buildings: Buildings): string {
  return buildings === null ? ALL : buildings.toSorted().join(" ");
}

/** A change as an approval holds it: words of closed lists and ids. */
export function encodeRoleChange(change: RoleChange): Content {
  const entries = Object.entries(change).map(([name, value]) =>
    typeof value === "string" ? [name, value] : [name, buildingsText(value)],
  );
  return Object.fromEntries(entries);
}

/** Null for what is no such change: a request is data, also one of ours. */
export function parseRoleChange(content: Content): RoleChange | null {
  const { change } = content;
  const role = parseRole(textOf(content.role));
  const buildings = parseBuildings(content.buildings);
  const fromRole = parseMembershipRole(textOf(content.fromRole));
  const fromBuildings = parseBuildings(content.fromBuildings);
  if (change === "invite" && role && buildings !== undefined) return { change, role, buildings };
  if (!fromRole || fromBuildings === undefined) return null;
  if (change === "remove") return { change, fromRole, fromBuildings };
  if (change !== "role" || !role || buildings === undefined) return null;
  return { change, fromRole, fromBuildings, role, buildings };
}

const textOf = (value: Content[string] | undefined) => (typeof value === "string" ? value : "");

function parseBuildings(value: Content[string] | undefined): Buildings | undefined {
  if (typeof value !== "string") return undefined;
  return value === ALL ? null : value.split(" ").filter((id) => id !== "");
}
