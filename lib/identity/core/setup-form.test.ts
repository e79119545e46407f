import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSetupForm, slugOf } from "./setup-form";

const GOOD = {
  organization: " Acacia\tHomes ",
  legalName: "Acacia Homes Ltd",
  taxNumber: "",
  name: "Wanjiku Maina",
  email: "Wanjiku@Acacia.example",
  password: "  a sentence  ",
};

describe("the set-up form", () => {
  it("gives trimmed names, a small e-mail, the password as typed and no empty tax number", () => {
    expect(parseSetupForm(GOOD)).toEqual({
      ok: true,
      value: {
        organization: { name: "Acacia Homes", legalName: "Acacia Homes Ltd", taxNumber: null },
        person: {
          name: "Wanjiku Maina",
          email: "wanjiku@acacia.example",
          password: "  a sentence  ",
        },
      },
    });
  });

  it("names every missing field, the tax number apart", () => {
    const missing = { code: "missing" };
    expect(parseSetupForm({ organization: " \n " })).toEqual({
      ok: false,
      error: {
        organization: missing,
        legalName: missing,
        name: missing,
        email: missing,
        password: missing,
      },
    });
  });

  it.each([
    ["organization", "x".repeat(81), { code: "too-long", most: 80 }],
    ["email", "wanjiku", { code: "not-an-email" }],
    ["email", "wanjiku@acacia", { code: "not-an-email" }],
    ["email", "a b@acacia.example", { code: "not-an-email" }],
    ["email", "a@b.c\nBcc: d@e.f", { code: "not-an-email" }],
    ["password", "eleven char", { code: "password-too-short" }],
    ["password", "🔑".repeat(11), { code: "password-too-short" }],
    ["password", "x".repeat(201), { code: "too-long", most: 200 }],
  ])("refuses %s %j with a fact", (field, text, fault) => {
    expect(parseSetupForm({ ...GOOD, [field]: text })).toEqual({
      ok: false,
      error: { [field]: fault },
    });
  });

  it.each(["twelve chars", "            ", "🔑".repeat(12), "x".repeat(200)])(
    "takes the password %j, whatever it is made of",
    (password) => {
      expect(parseSetupForm({ ...GOOD, password }).ok).toBe(true);
    },
  );
});

describe("an organization's name in the address bar", () => {
  it.each([
    ["Acacia Homes", "acacia-homes"],
    ["  Größe & Söhne  ", "gro-e-sohne"],
    ["शिव", "organization"],
    ["!!!", "organization"],
    [`${"a".repeat(39)} b`, "a".repeat(39)],
  ])("of %j is %s", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it("is safe in an address, whatever the name is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        expect(slugOf(name)).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/);
      }),
    );
  });
});
