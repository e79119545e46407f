import { describe, expect, it } from "vitest";
import { findSigns, type Watched } from "./find-signs";

const LAST = new Date("2026-08-20T10:00:00Z");
const WELL: Watched = {
  unitId: "1",
  label: "R-101",
  kind: "room",
  isPrepaid: true,
  usedWh: 40_000n,
  soldWh: 45_000n,
  vacantWh: 0n,
  usedQuarterWh: 120_000n,
  vendedQuarterWh: 130_000n,
  vendedHalfYearWh: 260_000n,
  lastSoldAt: LAST,
};
const signs = (change: Partial<Watched>) =>
  findSigns([{ ...WELL, ...change }]).map(({ unitId, label, ...sign }) => sign);

describe("a room that uses without buying", () => {
  it("is not one that buys what it uses, nor one that lives on what it bought before", () => {
    expect(signs({})).toEqual([]);
    expect(signs({ soldWh: 0n })).toEqual([]);
    expect(signs({ usedQuarterWh: 131_000n })).toEqual([]);
    expect(signs({ usedQuarterWh: 260_000n })).toEqual([]);
  });

  it("used more in a quarter than was ever vended to it in the half year", () => {
    expect(signs({ usedQuarterWh: 260_001n })).toEqual([
      { kind: "more-than-vended", usedWh: 260_001n, vendedWh: 260_000n },
    ]);
    expect(signs({ vendedHalfYearWh: 0n, lastSoldAt: null, soldWh: 0n })).toEqual([
      { kind: "more-than-vended", usedWh: 120_000n, vendedWh: 0n },
    ]);
  });

  it("stopped buying while its use goes on", () => {
    expect(signs({ soldWh: 0n, vendedQuarterWh: 119_999n })).toEqual([
      { kind: "stopped-buying", usedWh: 40_000n, lastSoldAt: LAST },
    ]);
    expect(signs({ soldWh: 0n, vendedQuarterWh: 120_000n })).toEqual([]);
    expect(signs({ soldWh: 0n, usedWh: 0n, vendedQuarterWh: 0n })).toEqual([]);
  });

  it("used while nobody lived there, from a kilowatt-hour on", () => {
    expect(signs({ vacantWh: 999n })).toEqual([]);
    expect(signs({ vacantWh: 1_000n, isPrepaid: false })).toEqual([
      { kind: "used-while-vacant", usedWh: 1_000n },
    ]);
  });

  it("is none whose meter is read and paid afterwards, and none that is not let", () => {
    const bad = { usedQuarterWh: 900_000n, vendedHalfYearWh: 0n, vacantWh: 9_000n };
    expect(signs({ ...bad, vacantWh: 0n, isPrepaid: false })).toEqual([]);
    for (const kind of ["common", "intake"]) expect(signs({ ...bad, kind })).toEqual([]);
  });
});
