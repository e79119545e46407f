import { describe, expect, it } from "vitest";
import { averagePrice, type ReceiptFacts, receiptOf } from "./receipt";

const DAY = new Date("2026-06-01T08:30:00Z");
const FACTS: ReceiptFacts = {
  currency: "KES",
  seller: {
    legalName: "Acacia Homes Limited",
    taxNumber: "P051234567X",
    address: "Ngong Road 12, Nairobi",
    contactEmail: "help@example.org",
    contactPhone: "+254205550100",
  },
  id: "0f0e0d0c-0000-4000-8000-000000000001",
  receiptNumber: "WA-000123",
  clientReference: "POS-7",
  payments: [{ provider: "practice", reference: "PAY-1" }],
  paidAt: DAY,
  issuedAt: DAY,
  buildingName: "Acacia Court",
  unitLabel: "B-204",
  meter: {
    meterNumber: "01000000017",
    encryptionAlgorithm: 11,
    tariffIndex: 1,
    supplyGroupCode: "123457",
    keyRevisionNumber: 1,
  },
  tariff: { name: "Domestic", startsAt: DAY },
  quote: {
    amountMinor: 50_000n,
    walletMinor: 250n,
    ownerFeeMinor: 500n,
    includedTaxMinor: 0n,
    unspentMinor: 250n,
    lines: [
      { code: "arrears", amountMinor: 10_000n },
      { code: "fixed:standing", amountMinor: 5_000n },
      { code: "energy", amountMinor: 30_000n },
      { code: "tax", amountMinor: 5_000n },
    ],
    blocks: [
      {
        fromWh: 40_000n,
        upToWh: 50_000n,
        pricePerKwh: { digits: 10n, scale: 0 },
        energyWh: 10_000n,
        costMinor: 10_000n,
      },
      {
        fromWh: 50_000n,
        upToWh: null,
        pricePerKwh: { digits: 20n, scale: 0 },
        energyWh: 10_030n,
        costMinor: 20_060n,
      },
    ],
    charges: [{ code: "standing", afterMinor: 2_000n }],
    arrearsBeforeMinor: 40_000n,
    monthBeforeWh: 40_000n,
    energyWh: 20_030n,
    carriedBeforeWh: 40n,
    carriedAfterWh: 70n,
  },
  tokenParts: [{ digits: "12345678901234567890", energyWh: 20_000n }],
  isRepriced: false,
  seesAccount: true,
};

const rowsOf = (facts: ReceiptFacts) => receiptOf(facts).sections.flatMap(({ rows }) => rows);
const labelsOf = (facts: ReceiptFacts) => rowsOf(facts).map(({ label }) => label);

describe("a receipt", () => {
  it("has what a regulator asks for", () => {
    const labels = labelsOf(FACTS);
    const asked = ["receiptNumber", "issuedAt", "paidAt", "reference", "clientReference"] as const;
    const further = ["providerReference", "meterNumber", "supplyGroupCode", "tariff"] as const;
    const more = ["keyRevisionNumber", "tariffIndex", "algorithm", "tariffStart", "block"] as const;
    const last = ["average", "arrearsLeft", "address", "phone", "email", "ownerFee"] as const;
    expect(labels).toEqual(expect.arrayContaining([...asked, ...further, ...more, ...last]));
  });

  it("has lines that add up to what was paid", () => {
    const price = receiptOf(FACTS).sections.find(({ code }) => code === "price");
    const amounts = (price?.rows ?? []).map(({ value }) =>
      value.kind === "money" ? value.amountMinor : 0n,
    );
    const paid = amounts.at(-1);
    expect(amounts.slice(0, -1).reduce((sum, amount) => sum + amount, 0n)).toBe(paid);
    expect(paid).toBe(50_000n);
  });

  it("says what is left of a debt and of a charge, and where the month stands", () => {
    const rows = rowsOf(FACTS);
    const of = (label: string) => rows.find((row) => row.label === label)?.value;
    expect(of("arrearsLeft")).toEqual({ kind: "money", amountMinor: 30_000n });
    expect(of("chargeLeft")).toEqual({ kind: "money", amountMinor: 2_000n });
    expect(of("monthBefore")).toEqual({ kind: "energy", energyWh: 40_000n });
    expect(of("monthAfter")).toEqual({ kind: "energy", energyWh: 60_030n });
  });

  it("tells a guest this purchase's deductions, and neither the debt nor the month", () => {
    const labels = labelsOf({ ...FACTS, seesAccount: false });
    for (const told of ["arrearsLeft", "chargeLeft", "monthBefore", "monthAfter"] as const) {
      expect(labels).not.toContain(told);
    }
    expect(labels).toContain("line");
  });

  it("numbers its tokens in the order of typing, and refuses those of another energy", () => {
    const parts = [
      { digits: "1".repeat(20), energyWh: 12_000n },
      { digits: "2".repeat(20), energyWh: 8_000n },
    ];
    expect(receiptOf({ ...FACTS, tokenParts: parts }).tokens).toEqual([
      { step: 1, ...parts[0] },
      { step: 2, ...parts[1] },
    ]);
    const wrong = { ...FACTS, tokenParts: parts.slice(1) };
    expect(() => receiptOf(wrong)).toThrow("the tokens say what was bought");
  });

  it("says nothing of what it does not know", () => {
    const bare = {
      ...FACTS,
      seller: { ...FACTS.seller, address: null, contactEmail: null, contactPhone: null },
      clientReference: null,
      payments: [],
    };
    expect(receiptOf(bare).sections.map(({ code }) => code)).not.toContain("help");
    expect(labelsOf(bare)).not.toContain("clientReference");
    expect(labelsOf(bare)).not.toContain("providerReference");
  });

  it("counts charges and tax into the average price, and no debt", () => {
    // 400 shillings for 20.03 kWh.
    expect(averagePrice(FACTS.quote, "KES")).toEqual({ digits: 199_700n, scale: 4 });
    expect(averagePrice({ lines: [], energyWh: 0n }, "KES")).toBeNull();
  });
});
