import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatEnergy } from "./format-energy";

describe("formatEnergy", () => {
  it.each([
    [20_449n, "20.4"],
    [20_499n, "20.4"],
    [99n, "0.0"],
    [100n, "0.1"],
    [0n, "0.0"],
    [1_904_000n, "1,904.0"],
    [-50n, "0.0"],
    [-1250n, "-1.2"],
  ])("shows %d Wh as %s kWh", (energyWh, shown) => {
    expect(formatEnergy(energyWh, "en-KE")).toBe(shown);
  });

  it("shows as many decimals as it is asked for", () => {
    expect(formatEnergy(20_449n, "en-KE", { decimals: 0 })).toBe("20");
    expect(formatEnergy(20_449n, "en-KE", { decimals: 3 })).toBe("20.449");
    expect(() => formatEnergy(1n, "en-KE", { decimals: 4 })).toThrow("zero to three decimals");
  });

  it("uses the locale's own signs", () => {
    expect(formatEnergy(1_234_500n, "de-DE")).toBe("1.234,5");
  });

  it("never shows more than there is", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), (energyWh) => {
        const shownTenths = BigInt(formatEnergy(energyWh, "en-US").replace(/[^\d]/g, ""));
        expect(shownTenths * 100n <= energyWh).toBe(true);
        expect(energyWh - shownTenths * 100n < 100n).toBe(true);
      }),
    );
  });
});
