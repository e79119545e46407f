import { expect, it } from "vitest";
import { fromStripeAmount, refusedByStripe, toStripeAmount } from "./stripe-amount";

it.each([
  [50_000n, "KES", 50_000],
  [500n, "UGX", 50_000],
  [500n, "JPY", 500],
  [12_340n, "KWD", 12_340],
] as const)("%s minor units of %s are %s to Stripe, and back", (minor, currency, amount) => {
  expect(toStripeAmount(minor, currency)).toBe(amount);
  expect(fromStripeAmount(amount, currency)).toBe(minor);
});

it.each([1.5, -1, Number.NaN, 2 ** 60])("%s is no amount", (amount) => {
  expect(fromStripeAmount(amount, "KES")).toBeNull();
});

it("a part of a shilling that Uganda does not have is no amount", () => {
  expect(fromStripeAmount(50_050, "UGX")).toBeNull();
});

it("three digits end in a nought, and the nearest two that do are named", () => {
  expect(refusedByStripe(12_345n, "KWD")).toEqual({ belowMinor: 12_340n, aboveMinor: 12_350n });
  expect(refusedByStripe(12_340n, "KWD")).toBeNull();
  expect(refusedByStripe(12_345n, "KES")).toBeNull();
});
