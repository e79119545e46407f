import { expect, it } from "vitest";
import { encodeRoleChange, parseRoleChange, type RoleChange } from "./role-change";

const CHANGES: readonly RoleChange[] = [
  {
    change: "role",
    fromRole: "viewer",
    fromBuildings: ["b", "a"],
    role: "administrator",
    buildings: null,
  },
  { change: "remove", fromRole: "administrator", fromBuildings: null },
  { change: "invite", role: "administrator", buildings: [] },
];

it.each(CHANGES)("comes back from an approval as it went in: $change", (change) => {
  const back = parseRoleChange(encodeRoleChange(change));
  expect(back && encodeRoleChange(back)).toEqual(encodeRoleChange(change));
});

it.each([
  [{}],
  [{ change: "rename" }],
  [{ change: "invite", role: "owner", buildings: "all" }],
  [{ change: "invite", role: "support", buildings: "all" }],
  [{ change: "invite", role: "viewer" }],
  [{ change: "remove", fromRole: "viewer" }],
  [{ change: "role", fromRole: "viewer", fromBuildings: "all", role: 7, buildings: "all" }],
])("is none where it says %j", (content: Record<string, string | number>) => {
  expect(parseRoleChange(content)).toBeNull();
});
