import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SecretKey } from "@/lib/sts";
import { checkValueOf, combineComponents, parseComponent } from "./key-components";

const HEX = "0123456789abcdef0123456789abcdef01234567";
const hexOf = (key: SecretKey) => key.use((bytes) => Buffer.from(bytes).toString("hex"));

describe("a component", () => {
  test("is 40 hex digits, in groups and capitals as one likes", () => {
    const typed = ["0123 4567 89AB CDEF 0123", "4567 89AB CDEF 0123 4567 "].join("\t");
    const parsed = parseComponent(typed);
    expect(parsed.ok && hexOf(parsed.value)).toBe(HEX);
  });

  test.each([
    ["", "wrong-length"],
    [HEX.slice(1), "wrong-length"],
    [`${HEX}00`, "wrong-length"],
    [HEX.replace("a", "g"), "not-hex"],
    [`0x${HEX.slice(2)}`, "not-hex"],
    ["٠١٢٣٤٥٦٧٨٩".repeat(4), "not-hex"],
    ["0".repeat(40), "all-the-same"],
    ["F".repeat(40), "all-the-same"],
  ])("typed as %j is refused", (typed, error) => {
    expect(parseComponent(typed)).toEqual({ ok: false, error });
  });
});

test("two components make one key, in either order, and neither is the key", () => {
  const bytes = fc.uint8Array({ minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      const [one, other] = [new SecretKey(a), new SecretKey(b)];
      const key = hexOf(combineComponents(one, other));
      expect(hexOf(combineComponents(other, one))).toBe(key);
      const back = combineComponents(new SecretKey(Buffer.from(key, "hex")), other);
      expect(hexOf(back)).toBe(Buffer.from(a).toString("hex"));
    }),
  );
});

test("the check value is the beginning of the key's SHA-1", () => {
  const sha1 = createHash("sha1").update(Buffer.from(HEX, "hex")).digest("hex");
  expect(checkValueOf(new SecretKey(Buffer.from(HEX, "hex")))).toBe(sha1.slice(0, 6));
});
