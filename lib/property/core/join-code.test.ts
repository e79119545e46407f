import fc from "fast-check";
import { expect, it } from "vitest";
import {
  formatJoinCode,
  JOIN_CODE_BYTES,
  joinCodeHash,
  joinCodeOf,
  parseJoinCode,
} from "./join-code";

const bytes = fc.uint8Array({ minLength: JOIN_CODE_BYTES, maxLength: JOIN_CODE_BYTES });

it("is sixteen letters and digits, another for other bytes", () => {
  expect(joinCodeOf(new Uint8Array(10))).toBe("0000000000000000");
  expect(joinCodeOf(new Uint8Array(10).fill(0xff))).toBe("ZZZZZZZZZZZZZZZZ");
  expect(joinCodeOf(Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 32]))).toBe("0000000000000010");
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      const areSame = Buffer.from(one).equals(Buffer.from(other));
      expect(joinCodeOf(one) === joinCodeOf(other)).toBe(areSame);
    }),
  );
});

it("is read again as it was printed", () => {
  fc.assert(
    fc.property(bytes, (some) => {
      const code = joinCodeOf(some);
      const printed = formatJoinCode(code);
      expect(printed).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
      for (const typed of [code, printed, printed.toLowerCase(), printed.replaceAll("-", " ")]) {
        expect(parseJoinCode(typed)).toEqual({ ok: true, value: code });
      }
    }),
  );
});

it.each([
  ["O1AB-CDEF-GHJK-MNPQ", "01ABCDEFGHJKMNPQ"],
  ["oiab cdef ghjk mnpq", "01ABCDEFGHJKMNPQ"],
  ["0lab-cdef-ghjk-mnpq", "01ABCDEFGHJKMNPQ"],
  ["  01ABCDEF\u2013GHJK\u00a0MNPQ\t\n", "01ABCDEFGHJKMNPQ"],
  ["0\u200b1AB.CDEF_GHJK\u2011MNPQ", "01ABCDEFGHJKMNPQ"],
])("forgives %j", (typed, code) => {
  expect(parseJoinCode(typed)).toEqual({ ok: true, value: code });
});

it.each([
  "",
  "01AB-CDEF-GHJK-MNP",
  "01AB-CDEF-GHJK-MNPQR",
  "U1AB-CDEF-GHJK-MNPQ",
  "01AB-CDEF-GHJK-MNP'",
  "０１AB-CDEF-GHJK-MNPQ",
  "../../etc/passwd",
  `${"-".repeat(300)}01ABCDEFGHJKMNPQ`,
  "A".repeat(10_000),
])("refuses %j", (typed) => {
  expect(parseJoinCode(typed)).toEqual({ ok: false, error: "not-a-code" });
});

it("is kept as a hash that says nothing of it", () => {
  expect(joinCodeHash("01ABCDEFGHJKMNPQ")).toMatch(/^[0-9a-f]{64}$/);
  expect(joinCodeHash("01ABCDEFGHJKMNPQ")).not.toBe(joinCodeHash("01ABCDEFGHJKMNPR"));
});
