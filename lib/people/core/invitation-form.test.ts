import { describe, expect, it } from "vitest";
import { parseInvitationForm, parseStandingForm } from "./invitation-form";

const GOOD = {
  email: " Amina@Acacia.example ",
  role: "manager",
  reach: "all",
  buildings: ["a"],
  hours: "",
  reason: "",
  replaces: false,
};

describe("an invitation", () => {
  it("keeps the address in small letters, and no buildings where all are meant", () => {
    expect(parseInvitationForm(GOOD)).toEqual({
      ok: true,
      value: {
        email: "amina@acacia.example",
        role: "manager",
        buildings: null,
        supportHours: null,
        reason: "",
        replaces: false,
      },
    });
  });

  it("names each chosen building once", () => {
    const parsed = parseInvitationForm({ ...GOOD, reach: "chosen", buildings: ["a", "b", "a"] });
    expect(parsed.ok && parsed.value.buildings).toEqual(["a", "b"]);
  });

  it("of support reads everything, for hours and a reason", () => {
    const support = { ...GOOD, role: "support", reach: "chosen", hours: "4", reason: "a\nmeter" };
    expect(parseInvitationForm(support)).toMatchObject({
      value: { role: "support", buildings: null, supportHours: 4, reason: "a meter" },
    });
  });

  it.each([
    [{ email: "amina" }, { email: "not-an-email" }],
    [{ email: "+254700000001" }, { email: "not-an-email" }],
    [{ role: "owner" }, { role: "no-role" }],
    [{ role: "" }, { role: "no-role" }],
    [{ reach: "chosen", buildings: [] }, { buildings: "no-buildings" }],
    [{ role: "support", reason: "why" }, { hours: "no-hours" }],
    [{ role: "support", hours: "48", reason: "why" }, { hours: "no-hours" }],
    [{ role: "support", hours: "4", reason: " \n " }, { reason: "no-reason" }],
    [{ reason: "x".repeat(401) }, { reason: "too-long" }],
  ])("is refused for %j with a fact", (change, faults) => {
    expect(parseInvitationForm({ ...GOOD, ...change })).toEqual({ ok: false, error: faults });
  });
});

describe("a member's new standing", () => {
  it.each(["support", "owner", ""])("is none with the role %j", (role) => {
    const typed = { role, reach: "all", buildings: [] };
    expect(parseStandingForm(typed)).toEqual({ ok: false, error: { role: "no-role" } });
  });

  it("limited to buildings names at least one", () => {
    const typed = { role: "viewer", reach: "chosen", buildings: [] };
    expect(parseStandingForm(typed)).toEqual({ ok: false, error: { buildings: "no-buildings" } });
  });
});
