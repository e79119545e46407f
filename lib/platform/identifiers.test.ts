import { expect, test } from "vitest";
import { newId } from "./identifiers";

const at = (milliseconds: number) => ({ now: () => new Date(milliseconds) });

test("an identifier is a UUID of version 7 and variant 10", () => {
  for (let i = 0; i < 100; i++) {
    expect(newId()).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  }
});

test("it begins with its millisecond, so that later ones sort later", () => {
  // The example of RFC 9562, appendix A.6.
  expect(newId(at(0x017f22e279b0)).slice(0, 13)).toBe("017f22e2-79b0");
  expect(newId(at(1_000)) < newId(at(1_001))).toBe(true);
});

test("two of one millisecond differ", () => {
  const ids = new Set(Array.from({ length: 1_000 }, () => newId(at(5))));
  expect(ids.size).toBe(1_000);
});
