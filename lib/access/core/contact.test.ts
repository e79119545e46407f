import { describe, expect, it, test } from "vitest";
import { contactHash, parseContact } from "./contact";

describe("what a person typed", () => {
  it.each([
    ["  Amina@Example.ORG ", { kind: "email", value: "amina@example.org" }],
    ["+254 712 345-678", { kind: "phone", value: "+254712345678" }],
    ["00254 (712) 345.678", { kind: "phone", value: "+254712345678" }],
  ])("%s is read in its one form", (typed, value) => {
    expect(parseContact(typed)).toEqual({ ok: true, value });
  });

  it.each([
    "",
    "0712345678",
    "+0712345678",
    "amina",
    "a@b",
    "@example.org",
    "+254",
    "+1234567890123456",
  ])("%s is refused: it could be anybody's, or nobody's", (typed) => {
    expect(parseContact(typed)).toEqual({ ok: false, error: "not-a-contact" });
  });
});

test("an e-mail and a phone never share a hash, and one contact always has the same", () => {
  const email = contactHash({ kind: "email", value: "+254712345678" });
  const phone = contactHash({ kind: "phone", value: "+254712345678" });
  expect(email).not.toBe(phone);
  expect(contactHash({ kind: "phone", value: "+254712345678" })).toBe(phone);
  expect(phone).toMatch(/^[0-9a-f]{64}$/);
});
