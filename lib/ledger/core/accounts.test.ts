import fc from "fast-check";
import { expect, it } from "vitest";
import { balancesOf, LEDGER_ACCOUNTS } from "./accounts";

const account = fc.constantFrom(...LEDGER_ACCOUNTS);
const movement = fc.record({
  debit: account,
  credit: account,
  amountMinor: fc.bigInt(1n, 1_000_000n),
});

it("debits equal credits, whatever moved", () => {
  fc.assert(
    fc.property(fc.array(movement), (movements) => {
      const total = [...balancesOf(movements).values()].reduce((sum, each) => sum + each, 0n);
      expect(total).toBe(0n);
    }),
  );
});

it("an opposite movement takes a movement back", () => {
  const sale = { debit: "vend_pending", credit: "landlord_payable", amountMinor: 700n } as const;
  const back = { debit: sale.credit, credit: sale.debit, amountMinor: sale.amountMinor };
  expect([...balancesOf([sale, back]).values()]).toEqual([0n, 0n]);
});
