import { expect, it } from "vitest";
import { paymentsHref, readPaymentsQuery } from "./payments-query";

const NOTHING = {
  state: null,
  provider: null,
  reference: null,
  from: null,
  to: null,
  before: null,
};

it("reads what it knows and leaves out the rest", () => {
  const given = {
    state: "on_account",
    provider: "mpesa",
    reference: " NLJ7RT61SV ",
    from: "2026-02-01",
    to: "2026-02-31",
    before: "x",
  };
  expect(readPaymentsQuery(given)).toEqual({
    ...NOTHING,
    state: "on_account",
    provider: "mpesa",
    reference: "NLJ7RT61SV",
    from: "2026-02-01",
  });
  expect(readPaymentsQuery({ state: ["a", "b"], provider: "paypal", reference: "" })).toEqual(
    NOTHING,
  );
});

it("the address holds what was chosen and nothing else", () => {
  expect(paymentsHref("/p", { ...NOTHING, state: "received" })).toBe("/p?state=received");
  expect(paymentsHref("/p", NOTHING)).toBe("/p");
});
