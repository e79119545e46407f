import { describe, expect, it } from "vitest";
import { CURRENCIES, type CurrencyCode } from "@/lib/money";
import { countPieces, piecesOf } from "./denominations";

describe("notes and coins", () => {
  it("are worth something, each once, the largest first", () => {
    for (const currency of Object.keys(CURRENCIES) as CurrencyCode[]) {
      const values = piecesOf(currency);
      expect(values.every((value) => value > 0n)).toBe(true);
      expect(values).toEqual([...new Set(values)].toSorted((one, other) => (one < other ? 1 : -1)));
    }
  });

  it("are in minor units of their own currency", () => {
    expect(piecesOf("KES")[0]).toBe(100_000n);
    expect(piecesOf("UGX")[0]).toBe(50_000n);
    expect(piecesOf("JOD").at(-1)).toBe(50n);
    expect(piecesOf("CHF")).toEqual([]);
  });
});

describe("a count by pieces", () => {
  const count = (entries: readonly (readonly [string, string])[]) =>
    countPieces("KES", new Map(entries));

  it("adds up what is there, and an empty field is none", () => {
    const counted = count([
      ["100000", "3"],
      ["50000", " 1 "],
      ["2000", ""],
      ["100", "0"],
    ]);
    expect(counted).toEqual({
      ok: true,
      value: { totalMinor: 350_000n, pieces: { 100000: 3, 50000: 1 } },
    });
  });

  it("is nothing for an empty drawer", () => {
    expect(count([])).toEqual({ ok: true, value: { totalMinor: 0n, pieces: {} } });
  });

  it.each(["-1", "1.5", "1e3", "x", "٣", "1234567", "1,000"])("refuses %s", (text) => {
    expect(count([["50000", text]])).toEqual({ ok: false, error: { piece: "50000" } });
  });

  it("knows no piece that the currency has not", () => {
    expect(count([["123", "7"]])).toMatchObject({ ok: true, value: { totalMinor: 0n } });
  });
});
