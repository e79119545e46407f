import { describe, expect, it } from "vitest";
import { judgeChange, type Standing, type Verdict } from "./member-rules";

const full: Standing = { role: "administrator", isLimited: false };
const limited: Standing = { role: "administrator", isLimited: true };
const manager: Standing = { role: "manager", isLimited: false };
const support: Standing = { role: "support", isLimited: false };

type Case = readonly [
  what: string,
  administrators: readonly string[],
  target: (Standing & { readonly userId: string }) | null,
  to: Standing | null,
  verdict: Verdict,
];

// "me" asks.
const CASES: readonly Case[] = [
  ["a manager becomes a viewer", ["me"], { userId: "x", ...manager }, manager, "plain"],
  ["a manager is removed", ["me", "b"], { userId: "x", ...manager }, null, "plain"],
  ["a manager is invited", ["me", "b"], null, manager, "plain"],
  ["support is invited", ["me", "b"], null, support, "plain"],
  ["an administrator is invited by the only one", ["me"], null, full, "alone"],
  ["an administrator is invited where there are two", ["me", "b"], null, full, "second-person"],
  ["a limited administrator is invited", ["me", "b"], null, limited, "second-person"],
  ["the only one raises", ["me"], { userId: "x", ...manager }, full, "alone"],
  ["one of two raises", ["me", "b"], { userId: "x", ...manager }, full, "second-person"],
  ["one of two is demoted", ["me", "b"], { userId: "b", ...full }, manager, "second-person"],
  ["one of two is limited", ["me", "b"], { userId: "b", ...full }, limited, "second-person"],
  ["one of two is removed", ["me", "b"], { userId: "b", ...full }, null, "second-person"],
  ["a limited one is removed by the only", ["me"], { userId: "x", ...limited }, null, "alone"],
  ["a limited one is widened", ["me", "b"], { userId: "x", ...limited }, full, "second-person"],
  ["one of two steps down", ["me", "b"], { userId: "me", ...full }, manager, "plain"],
  ["one of two limits the own role", ["me", "b"], { userId: "me", ...full }, limited, "plain"],
  ["one of two leaves", ["me", "b"], { userId: "me", ...full }, null, "plain"],
  ["the last steps down", ["me"], { userId: "me", ...full }, manager, "last-administrator"],
  ["the last limits itself", ["me"], { userId: "me", ...full }, limited, "last-administrator"],
  ["the last leaves", ["me"], { userId: "me", ...full }, null, "last-administrator"],
  ["a request outlived its asker", ["b"], { userId: "b", ...full }, null, "last-administrator"],
  ["somebody else leaves", ["b"], { userId: "me", ...manager }, null, "plain"],
];

describe("a change of who is staff", () => {
  it.each(CASES)("%s", (_what, administrators, target, to, verdict) => {
    expect(judgeChange({ administrators, actorId: "me", target, to })).toBe(verdict);
  });
});
