import { expect, it } from "vitest";
import { cleanName, displayName } from "./display-name";

it.each([
  ["Amina", "a@x.example", "+254700000001", "Amina"],
  ["", "a@x.example", "+254700000001", "a@x.example"],
  [null, null, "+254700000001", "+254700000001"],
  [null, null, null, ""],
])("somebody named %j, %j, %j is called %j", (name, email, phone, called) => {
  expect(displayName({ name, email, phone })).toBe(called);
});

it("a name keeps no line break: it may stand in the head of a message", () => {
  expect(cleanName(" Amina\r\nBcc: x@y.example\u0000 ")).toBe("Amina Bcc: x@y.example");
});
