import { format, inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { SecretKey } from "./secret-key";

const SECRET = "00112233445566778899aabbccddeeff";
const secretBytes = () => Buffer.from(SECRET, "hex");

describe("SecretKey", () => {
  it("lends its bytes for one call", () => {
    const key = new SecretKey(secretBytes());
    expect(key.lengthBytes).toBe(16);
    expect(key.use((bytes) => Buffer.from(bytes).toString("hex"))).toBe(SECRET);
  });

  it("prints as a label however it is printed", () => {
    const key = new SecretKey(secretBytes());
    const shown = [
      `${key}`,
      String(key),
      JSON.stringify({ key }),
      inspect(key),
      inspect({ nested: [key] }, { showHidden: true, depth: 9 }),
      format("%s %o %j", key, key, key),
    ];
    for (const text of shown) {
      expect(text).toContain("[secret key]");
      expect(text.toLowerCase()).not.toMatch(/00112233|0, 17, 34|<buffer/);
    }
    expect(Object.keys(key)).toEqual([]);
    expect(JSON.stringify(structuredClone(key))).not.toContain("17");
  });

  it("keeps a copy, so that its maker may wipe the original", () => {
    const original = secretBytes();
    const key = new SecretKey(original);
    original.fill(0);
    expect(key.use((bytes) => bytes[1])).toBe(0x11);
  });

  it("is zeros after it was wiped, and is not used again", () => {
    const key = new SecretKey(secretBytes());
    let lent: Uint8Array | undefined;
    key.use((bytes) => {
      lent = bytes;
    });
    key.wipe();
    expect(lent?.every((byte) => byte === 0)).toBe(true);
    expect(() => key.use(() => 1)).toThrow("a wiped key is not used again");
  });

  it("has at least one byte", () => {
    expect(() => new SecretKey(new Uint8Array())).toThrow("a key has bytes");
  });
});
