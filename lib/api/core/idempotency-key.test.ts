import { describe, expect, it } from "vitest";
import { contentHash, parseIdempotencyKey } from "./idempotency-key";

describe("an idempotency key", () => {
  it.each([
    ["plain", "order-17", { ok: true, value: "order-17" }],
    ["in quotes, as the draft has it", '"order-17"', { ok: true, value: "order-17" }],
    ["missing", null, { ok: false, error: "missing" }],
    ["empty", "  ", { ok: false, error: "missing" }],
    ["empty in quotes", '""', { ok: false, error: "invalid" }],
    ["with a blank within", "order 17", { ok: false, error: "invalid" }],
    ["of another script", "заказ", { ok: false, error: "invalid" }],
    ["longer than 128", "x".repeat(129), { ok: false, error: "invalid" }],
  ])("%s", (_what, header, answer) => {
    expect(parseIdempotencyKey(header)).toEqual(answer);
  });
});

describe("a request's content", () => {
  const one = contentHash("createQuote", "", {
    meter: "1",
    amount: { minor: "5", currency: "KES" },
  });

  it("is the same in another order", () => {
    const other = { amount: { currency: "KES", minor: "5" }, meter: "1" };
    expect(contentHash("createQuote", "", other)).toBe(one);
  });

  it("is another for another amount, operation or target", () => {
    const body = { meter: "1", amount: { minor: "5", currency: "KES" } };
    const more = { meter: "1", amount: { minor: "50", currency: "KES" } };
    expect(contentHash("createQuote", "", more)).not.toBe(one);
    expect(contentHash("createPurchase", "", body)).not.toBe(one);
    expect(contentHash("createQuote", "x", body)).not.toBe(one);
  });
});
