import fc from "fast-check";
import { expect, test } from "vitest";
import { CreditLeft } from "./credit-left";

const claim = (amountUnits: number, remainingUnits: bigint | null, vendingKeyId = "k") => ({
  organizationId: "o",
  vendingKeyId,
  amountUnits,
  remainingUnits,
});

test("a key without a limit issues whatever is asked, and nothing is counted", () => {
  const credit = new CreditLeft();
  expect(credit.take([claim(16_383, null), claim(16_383, null)])).toBe(true);
  expect(credit.isCounted).toBe(false);
});

test("what one set takes is gone for the next, down to the last unit", () => {
  const credit = new CreditLeft();
  expect(credit.take([claim(6, 10n)])).toBe(true);
  expect(credit.take([claim(5, 10n)])).toBe(false);
  expect(credit.take([claim(4, 10n)])).toBe(true);
  expect(credit.take([claim(1, 10n)])).toBe(false);
  expect(credit.isCounted).toBe(true);
});

test("a set that is too much as a whole takes nothing", () => {
  const credit = new CreditLeft();
  expect(credit.take([claim(6, 10n), claim(6, 10n)])).toBe(false);
  expect(credit.take([claim(10, 10n)])).toBe(true);
});

test("each key counts for itself", () => {
  const credit = new CreditLeft();
  expect(credit.take([claim(10, 10n), claim(3, 3n, "other")])).toBe(true);
});

test("never more is taken than the limit, and what fits is never refused", () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.array(fc.array(fc.nat(200), { maxLength: 4 })), (limit, sets) => {
      const credit = new CreditLeft();
      let taken = 0;
      for (const set of sets) {
        const sum = set.reduce((total, units) => total + units, 0);
        const isTaken = credit.take(set.map((units) => claim(units, BigInt(limit))));
        expect(isTaken).toBe(taken + sum <= limit);
        if (isTaken) taken += sum;
      }
    }),
  );
});
