import { expect, it } from "vitest";
import { hasSecondPerson, kindsFor, type StoredMember } from "./approval-parts";
import { permissionsOf } from "./permissions";

const NOW = new Date("2026-06-01T08:30:00Z");
const member = (change: Partial<StoredMember>): StoredMember => ({
  userId: "other",
  role: "manager",
  endsAt: null,
  buildingIds: null,
  ...change,
});
const request = { kind: "free-issue", buildingId: "b", requestedBy: "asker" } as const;

it.each([
  ["another manager can", member({}), true],
  ["who asked cannot", member({ userId: "asker" }), false],
  ["a role without the permission cannot", member({ role: "caretaker" }), false],
  ["a word that is no role cannot", member({ role: "king" }), false],
  ["support cannot", member({ role: "support", endsAt: new Date("2027-01-01") }), false],
  ["who is no longer there cannot", member({ endsAt: NOW }), false],
  ["who is limited to this building can", member({ buildingIds: ["b"] }), true],
  ["who is limited to another cannot", member({ buildingIds: ["c"] }), false],
])("%s be the second person", (_name, one, expected) => {
  expect(hasSecondPerson([one], request, NOW)).toBe(expected);
});

it("needs somebody of the whole organization for what is about the whole", () => {
  const whole = { ...request, buildingId: null };
  expect(hasSecondPerson([member({ buildingIds: ["b"] })], whole, NOW)).toBe(false);
  expect(hasSecondPerson([member({})], whole, NOW)).toBe(true);
});

it("a caretaker asks for tokens and approves nothing", () => {
  const permissions = permissionsOf("caretaker", { isLimited: false });
  expect(kindsFor(permissions, "request")).toEqual(["free-issue", "management-token"]);
  expect(kindsFor(permissions, "approve")).toEqual([]);
});
