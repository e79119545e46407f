import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeHash, codeOf, isLinkSecret, linkHash, parseCode } from "./challenge";

const KEY = "k".repeat(32);
const ID = "01900000-0000-7000-8000-000000000000";

describe("a code", () => {
  it("is six digits, and is read as it was written, with spaces and hyphens too", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), (number) => {
        const code = codeOf(number);
        expect(code).toMatch(/^\d{6}$/);
        expect(parseCode(` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe(code);
        expect(parseCode(`${code.slice(0, 3)}-${code.slice(3)}`)).toBe(code);
      }),
    );
  });

  it.each(["", "12345", "1234567", "12345a", "１２３４５６", "1".repeat(10_000), "000000\u0000"])(
    "is not %j",
    (typed) => {
      expect(parseCode(typed)).toBeNull();
    },
  );

  it("is stored so that key, challenge and code all have to fit", () => {
    const stored = codeHash(KEY, ID, "123456");
    expect(stored).toHaveLength(32);
    expect(codeHash(KEY, ID, "123456").equals(stored)).toBe(true);
    for (const other of [
      codeHash(KEY.replace("k", "l"), ID, "123456"),
      codeHash(KEY, ID.replace("0", "1"), "123456"),
      codeHash(KEY, ID, "123457"),
    ]) {
      expect(other.equals(stored)).toBe(false);
    }
  });
});

describe("a link's secret", () => {
  it.each(["", "x".repeat(21), "x".repeat(23), "x".repeat(21).concat("/"), "../../etc/passwd"])(
    "is not %j",
    (text) => {
      expect(isLinkSecret(text)).toBe(false);
    },
  );

  it("is stored as a hash of 32 bytes", () => {
    expect(linkHash("x".repeat(22))).toHaveLength(32);
    expect(linkHash("x".repeat(22)).equals(linkHash("y".repeat(22)))).toBe(false);
  });
});
