import { describe, expect, it } from "vitest";
import { LEGAL_TRANSITIONS, PURCHASE_STATUSES, type PurchaseStatus } from "./purchase-states";

const next = (from: PurchaseStatus) => LEGAL_TRANSITIONS.filter((pair) => pair[0] === from);

function reachableFrom(start: PurchaseStatus): ReadonlySet<PurchaseStatus> {
  const seen = new Set<PurchaseStatus>([start]);
  for (const status of seen) for (const [, to] of next(status)) seen.add(to);
  return seen;
}

describe("a purchase's life", () => {
  it("reaches every state from a quote", () => {
    expect([...reachableFrom("quoted")].sort()).toEqual([...PURCHASE_STATUSES].sort());
  });

  it.each(["paid", "reserved", "in_doubt"] as const)(
    "cannot end between %s and a token or a refund",
    (status) => {
      const ends = [...reachableFrom(status)].filter((each) => next(each).length === 0);
      expect(ends.sort()).toEqual(["delivered", "refunded"]);
    },
  );

  it("never goes from a token to a refund, nor from a refund to a token", () => {
    expect(reachableFrom("issued").has("refund_due")).toBe(false);
    expect(reachableFrom("refund_due").has("issued")).toBe(false);
  });
});
