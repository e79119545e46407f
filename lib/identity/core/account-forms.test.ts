import { expect, it } from "vitest";
import { parseName, parseNewPassword } from "./account-forms";

it.each([
  ["twelve chars", null],
  ["🔑".repeat(12), null],
  ["x".repeat(200), null],
  ["eleven char", "password-too-short"],
  ["🔑".repeat(11), "password-too-short"],
  ["", "password-too-short"],
  ["x".repeat(201), "password-too-long"],
  ["x".repeat(10_000), "password-too-long"],
])("a new password %j is refused as %j", (typed, code) => {
  const parsed = parseNewPassword(typed);
  expect(parsed.ok ? null : parsed.error.code).toBe(code);
});

it.each([
  [" Amina\tOdhiambo ", "Amina Odhiambo", null],
  ["Amina\r\nBcc: x@y.example", "Amina Bcc: x@y.example", null],
  [" \n ", null, "name-missing"],
  ["x".repeat(121), null, "name-too-long"],
])("a name %j becomes %j or is refused as %j", (typed, name, code) => {
  const parsed = parseName(typed);
  expect(parsed.ok ? [parsed.value, null] : [null, parsed.error.code]).toEqual([name, code]);
});
