import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawUnits, MOST_DRAWN_UNITS } from "./draw-units";

const BLOCK = { floors: "2", firstFloor: "1", perFloor: "2", pattern: "A-{floor}{unit}" };

describe("drawing units", () => {
  it("names each door by its floor and place", () => {
    expect(drawUnits(BLOCK)).toEqual({
      ok: true,
      value: [
        { label: "A-101", floor: 1, position: 1 },
        { label: "A-102", floor: 1, position: 2 },
        { label: "A-201", floor: 2, position: 1 },
        { label: "A-202", floor: 2, position: 2 },
      ],
    });
  });

  it("takes a ground floor, a single house and letters of any script", () => {
    expect(drawUnits({ ...BLOCK, firstFloor: "0", floors: "1" })).toMatchObject({
      value: [{ label: "A-001", floor: 0 }, { label: "A-002" }],
    });
    const house = { floors: "1", firstFloor: "0", perFloor: "1", pattern: "بيت" };
    expect(drawUnits(house)).toEqual({
      ok: true,
      value: [{ label: "بيت", floor: 0, position: 1 }],
    });
  });

  it.each([
    ["no floors", { floors: "0" }, "floors"],
    ["too many floors", { floors: "81" }, "floors"],
    ["floors in words", { floors: "two" }, "floors"],
    ["a first floor below the ground", { firstFloor: "-1" }, "floors"],
    ["no units on a floor", { perFloor: "" }, "per-floor"],
    ["half a unit", { perFloor: "1.5" }, "per-floor"],
    ["no pattern", { pattern: " " }, "pattern"],
    ["every floor the same", { pattern: "A-{unit}" }, "pattern"],
    ["every place the same", { pattern: "A-{floor}" }, "pattern"],
    ["more than a thousand", { floors: "80", perFloor: "60" }, "too-many"],
    ["labels of 81 letters", { pattern: `${"x".repeat(78)}{floor}{unit}` }, "label-too-long"],
  ])("refuses %s", (_what, wrong, fault) => {
    expect(drawUnits({ ...BLOCK, ...wrong })).toEqual({ ok: false, error: fault });
  });

  it("gives as many units as floors and places say, each with a label of its own", () => {
    const count = fc.integer({ min: 1, max: 60 });
    const pattern = fc.constantFrom("{floor}{unit}", "{unit}/{floor}", "W {floor}.{unit}");
    fc.assert(
      fc.property(count, count, pattern, (floors, perFloor, drawn) => {
        const typed = { ...BLOCK, floors: `${floors}`, perFloor: `${perFloor}`, pattern: drawn };
        const units = drawUnits(typed);
        if (floors * perFloor > MOST_DRAWN_UNITS) return !units.ok && units.error === "too-many";
        return (
          units.ok &&
          units.value.length === floors * perFloor &&
          new Set(units.value.map(({ label }) => label)).size === units.value.length
        );
      }),
    );
  });
});
