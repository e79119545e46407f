import { describe, expect, it } from "vitest";
import { fixedDue } from "./fixed-due";
import type { FixedCharge } from "./tariff-definition";

const charge = (
  per: "month" | "day",
  whenUnpaid: "drop" | "accumulate",
  digits = 15_000n,
): FixedCharge => ({
  code: "standing",
  taxable: true,
  maxPercentOfPurchase: { digits: 100n, scale: 0 },
  amount: { digits, scale: 2 },
  per,
  whenUnpaid,
});

describe("what is due of a fixed charge", () => {
  it.each([
    ["month", "drop", null, "2026-01-31", "2026-01-31", 15_000n],
    ["month", "drop", null, "2025-06-10", "2026-03-05", 15_000n],
    ["month", "drop", "2026-03-01", "2025-06-10", "2026-03-31", 0n],
    ["month", "drop", "2026-02-28", "2025-06-10", "2026-03-01", 15_000n],
    ["month", "accumulate", null, "2025-12-31", "2026-03-01", 60_000n],
    ["month", "accumulate", "2025-12-01", "2025-06-10", "2026-03-05", 45_000n],
    ["month", "accumulate", "2026-03-05", "2025-06-10", "2026-03-05", 0n],
    ["day", "drop", null, "2026-02-10", "2026-03-05", 75_000n],
    ["day", "drop", "2026-03-03", "2026-02-10", "2026-03-05", 30_000n],
    ["day", "accumulate", null, "2026-02-26", "2026-03-01", 60_000n],
    ["day", "accumulate", "2024-02-28", "2024-01-01", "2024-03-01", 30_000n],
    ["day", "accumulate", "2026-03-05", "2026-02-10", "2026-03-05", 0n],
    ["day", "accumulate", null, "2026-04-01", "2026-03-05", 0n],
  ] as const)("by the %s, %s: paid to %s, since %s, on %s", (...given) => {
    const [per, whenUnpaid, raisedOn, since, today, due] = given;
    const asked = { charge: charge(per, whenUnpaid), currency: "KES", since, today } as const;
    const state = raisedOn === null ? null : { dueMinor: 0n, raisedOn };
    expect(fixedDue({ ...asked, state })).toBe(due);
  });

  it.each([
    ["month", "drop", "2026-03-02", "2026-03-20", 4_000n],
    ["month", "drop", "2026-02-27", "2026-03-20", 15_000n],
    ["month", "accumulate", "2026-02-27", "2026-03-20", 19_000n],
    ["day", "drop", "2026-03-18", "2026-03-20", 34_000n],
    ["day", "drop", "2026-02-27", "2026-03-02", 30_000n],
    ["day", "accumulate", "2026-02-27", "2026-03-02", 49_000n],
  ] as const)("by the %s, %s: 40 stayed due on %s, on %s", (...given) => {
    const [per, whenUnpaid, raisedOn, today, due] = given;
    const state = { dueMinor: 4_000n, raisedOn };
    const asked = {
      charge: charge(per, whenUnpaid),
      currency: "KES",
      since: "2025-06-10",
    } as const;
    expect(fixedDue({ ...asked, state, today })).toBe(due);
  });

  it("is rounded once, over all of its days", () => {
    const tenth = { ...charge("day", "accumulate", 33n), amount: { digits: 333n, scale: 3 } };
    const asked = { charge: tenth, since: "2026-01-01", today: "2026-01-10", state: null };
    expect(fixedDue({ ...asked, currency: "KES" })).toBe(333n);
    expect(fixedDue({ ...asked, currency: "UGX" })).toBe(3n);
  });

  it("is nothing where the tariff names no amount", () => {
    const told = { ...charge("day", "drop"), amount: null, per: null, whenUnpaid: null };
    const asked = {
      charge: told,
      currency: "KES",
      since: "2026-01-01",
      today: "2026-01-10",
    } as const;
    expect(fixedDue({ ...asked, state: null })).toBe(0n);
  });
});
