import { expect, it } from "vitest";
import { checkoutStateAt } from "./checkout-state";

const NOW = new Date("2026-02-01T09:00:00Z");
const before = new Date(NOW.getTime() - 1);
const after = new Date(NOW.getTime() + 1);

it.each([
  ["open", null, "open"],
  ["open", after, "pending"],
  ["open", NOW, "paid"],
  ["open", before, "paid"],
  ["paid", before, "paid"],
  ["declined", null, "declined"],
  ["refunded", before, "refunded"],
] as const)("stored %s with money at %s is %s", (status, moneyAt, state) => {
  expect(checkoutStateAt({ status, moneyAt }, NOW)).toBe(state);
});
