import { expect, it } from "vitest";
import { addressCountedAs, countedAs } from "./velocity";

it("an address is counted by organization, and is not to be read from the count", () => {
  const here = addressCountedAs("a", "203.0.113.9");
  expect(here).toMatch(/^[0-9a-f]{64}$/);
  expect(here).not.toBe(addressCountedAs("b", "203.0.113.9"));
  expect(here).not.toBe(countedAs("a", "payer", "203.0.113.9"));
});

it.each(["", "127.0.0.1", "::1", "::ffff:127.0.0.1"])("%j tells nobody apart", (address) => {
  expect(addressCountedAs("a", address)).toBeNull();
});
