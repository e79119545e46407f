import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { energySide, FIGURES, moneySide, type PlaceOfMonth, parseFigure } from "./figures";
import { waterfall } from "./waterfall";

const PLACE: PlaceOfMonth = {
  unitId: "1",
  label: "R-101",
  kind: "room",
  usedWh: 0n,
  soldWh: 0n,
  soldCount: 0,
  meteredDays: 31,
  missingDays: 0,
  estimatedDays: 0,
  measuredDays: 31,
  basisAt: null,
};
const wh = fc.bigInt({ min: 0n, max: 10n ** 12n });
const place = fc
  .record({
    kind: fc.constantFrom("flat", "room", "shop", "common", "intake"),
    usedWh: wh,
    soldWh: wh,
    measuredDays: fc.constantFrom(0, 31),
  })
  .map((some) => ({ ...PLACE, ...some }));

describe("the energy of a month", () => {
  it("adds up: what is supplied is used, common or not explained, to the watt-hour", () => {
    fc.assert(
      fc.property(fc.array(place), (places) => {
        const { suppliedWh, usedWh, commonWh, unexplainedWh } = energySide(places);
        if (suppliedWh === null) expect(unexplainedWh).toBeNull();
        else expect(usedWh + commonWh + (unexplainedWh ?? 0n)).toBe(suppliedWh);
      }),
    );
  });

  it("is the sum of its rows, each counted once", () => {
    fc.assert(
      fc.property(fc.array(place), (places) => {
        const { suppliedWh, usedWh, commonWh, soldWh } = energySide(places);
        const all = places.reduce((sum, one) => sum + one.usedWh, 0n);
        if (suppliedWh !== null) expect(suppliedWh + usedWh + commonWh).toBe(all);
        expect(soldWh).toBe(places.reduce((sum, one) => sum + one.soldWh, 0n));
      }),
    );
  });

  it("is compared with nothing where no supply meter tells", () => {
    const used = { ...PLACE, usedWh: 5n };
    const silent = { ...PLACE, kind: "intake", measuredDays: 0 };
    for (const places of [[], [used], [used, silent]]) {
      expect(energySide(places)).toMatchObject({ suppliedWh: null, unexplainedWh: null });
    }
    const supplied = { ...PLACE, kind: "intake", usedWh: 3n };
    expect(energySide([used, supplied])).toMatchObject({ suppliedWh: 3n, unexplainedWh: -2n });
  });
});

it("knows its figures by their names, and no others", () => {
  for (const figure of FIGURES) expect(parseFigure(figure)).toBe(figure);
  for (const other of ["", "Used", "constructor", "sold "]) expect(parseFigure(other)).toBeNull();
  expect(moneySide([]).received).toEqual({ amountMinor: 0n, energyWh: 0n, count: 0 });
});

describe("a waterfall", () => {
  const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });

  it("keeps every bar within its scale, and draws nothing upside down", () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 8 }), (amounts) => {
        const drawn = waterfall(amounts.map((one, index) => ({ key: `${index}`, amount: one })));
        for (const { low, high } of [...drawn.bars, { low: drawn.zero, high: drawn.zero }]) {
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeGreaterThanOrEqual(low);
          expect(high).toBeLessThanOrEqual(1_000);
        }
      }),
    );
  });

  it("comes down in steps from what came in to what is left", () => {
    const steps = [100n, 60n, 30n, 10n].map((one, index) => ({ key: `${index}`, amount: one }));
    expect(waterfall(steps).bars.map(({ low, high }) => [low, high])).toEqual([
      [0, 1_000],
      [400, 1_000],
      [100, 400],
      [0, 100],
    ]);
  });

  it("goes below nothing where more went out than came in", () => {
    const steps = [100n, 150n, -50n].map((one, index) => ({ key: `${index}`, amount: one }));
    const { bars, zero } = waterfall(steps);
    expect(zero).toBe(333);
    expect(bars.at(-1)).toMatchObject({ low: 0, high: 333 });
  });
});
