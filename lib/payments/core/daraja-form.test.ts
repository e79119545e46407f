import { expect, it } from "vitest";
import {
  centsOf,
  darajaPhone,
  darajaResult,
  darajaTimestamp,
  paybillAccount,
  refusedByDaraja,
} from "./daraja-form";

it.each([
  ["0712 345 678", "254712345678"],
  ["+254 712-345-678", "254712345678"],
  ["254112345678", "254112345678"],
  ["712345678", "254712345678"],
])("%s is asked as %s", (typed, asked) => {
  expect(darajaPhone(typed)).toBe(asked);
});

it.each(["", "0812345678", "07123456789", "+255712345678", "07123x5678", "٠٧١٢٣٤٥٦٧٨"])(
  "%j is no number that can be asked",
  (typed) => {
    expect(darajaPhone(typed)).toBeNull();
  },
);

it("time is Nairobi's", () => {
  expect(darajaTimestamp(new Date("2026-01-31T22:05:09Z"))).toBe("20260201010509");
});

it("only whole shillings are asked for, and the nearest are named", () => {
  expect(refusedByDaraja({ amountMinor: 50_050n, currency: "KES" })).toEqual({
    belowMinor: 50_000n,
    aboveMinor: 50_100n,
  });
  expect(refusedByDaraja({ amountMinor: 50_000n, currency: "KES" })).toBeNull();
});

it.each([
  ["500", 50_000n],
  ["500.5", 50_050n],
  [500, 50_000n],
  ["-1", null],
  ["1e3", null],
  ["", null],
  [undefined, null],
] as const)("%j shillings are %s cents", (shillings, cents) => {
  expect(centsOf(shillings)).toBe(cents);
});

it("a meter's number may be typed with spaces and dashes", () => {
  expect(paybillAccount(" 0100-0000 017")).toBe("01000000017");
});

it.each([
  [0, "paid"],
  ["0", "paid"],
  ["1032", "declined"],
  [1037, "declined"],
  ["4999", "open"],
  [undefined, "open"],
  ["", "open"],
] as const)("result %j is %s", (code, meaning) => {
  expect(darajaResult(code)).toBe(meaning);
});
