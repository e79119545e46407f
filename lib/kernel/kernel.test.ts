import { describe, expect, it } from "vitest";
import { assert, type Brand, err, InvariantError, ok, type Result, unreachable } from ".";

describe("assert", () => {
  it("lets what holds pass", () => {
    expect(() => assert(true, "it holds")).not.toThrow();
  });

  it("throws an InvariantError that says what must be true", () => {
    expect(() => assert(0, "a count is above zero")).toThrow(InvariantError);
    expect(() => assert(0, "a count is above zero")).toThrow("a count is above zero");
  });

  it("narrows the type of what it has checked", () => {
    const found: string | null = ["flat"][0] ?? null;
    assert(found !== null, "there is a first one");
    expect(found.length).toBe(4);
  });
});

describe("unreachable", () => {
  it("throws with the case that nobody handled", () => {
    const surprise = "purple" as never;
    expect(() => unreachable(surprise)).toThrow("a case nobody handles: purple");
  });
});

describe("Result", () => {
  const half = (count: number): Result<number, { code: "odd"; count: number }> =>
    count % 2 === 0 ? ok(count / 2) : err({ code: "odd", count });

  it("carries the value of a good answer", () => {
    expect(half(4)).toEqual({ ok: true, value: 2 });
  });

  it("carries the facts of a refusal", () => {
    expect(half(3)).toEqual({ ok: false, error: { code: "odd", count: 3 } });
  });
});

describe("Brand", () => {
  it("is refused by the compiler where an unchecked value is offered", () => {
    type Floor = Brand<number, "Floor">;
    const nameOf = (floor: Floor): string => `floor ${floor}`;
    // @ts-expect-error a plain number has not been checked
    expect(nameOf(3)).toBe("floor 3");
    expect(nameOf(3 as Floor)).toBe("floor 3");
  });
});
