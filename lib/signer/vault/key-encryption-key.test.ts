import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { keyForPurpose, readKeyEncryptionKey } from "./key-encryption-key";
import { createTokenMac } from "./token-mac";

const folder = mkdtempSync(path.join(tmpdir(), "voltlet-kek-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HEX = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";

function fileWith(text: string, mode = 0o600): string {
  const file = path.join(folder, "kek");
  rmSync(file, { force: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

describe("the key-encryption key", () => {
  test("is read from a file that its owner alone can read", async () => {
    for (const mode of [0o600, 0o400]) {
      const key = await readKeyEncryptionKey(fileWith(`${HEX}\n`, mode));
      const hex = key.use((bytes) => Buffer.from(bytes).toString("hex"));
      expect(hex).toBe(HEX.toLowerCase());
    }
  });

  test.each([0o640, 0o604, 0o620, 0o644, 0o601])(
    "is refused in a file of mode %o",
    async (mode) => {
      await expect(readKeyEncryptionKey(fileWith(HEX, mode))).rejects.toThrow("chmod 600");
    },
  );

  test.each(["", HEX.slice(1), `${HEX}0`, HEX.replace("a", "g"), `0x${HEX.slice(2)}`])(
    "is refused when it is not 64 hex digits, without repeating them: %j",
    async (text) => {
      const refusal: unknown = await readKeyEncryptionKey(fileWith(text)).catch((error) => error);
      expect(String(refusal)).toContain("does not hold 64 hex digits");
      expect(String(refusal)).not.toContain("00112233");
    },
  );

  test("is refused when the file is not there", async () => {
    await expect(readKeyEncryptionKey(path.join(folder, "none"))).rejects.toThrow("ENOENT");
  });

  test("gives each purpose a key of its own", async () => {
    const key = await readKeyEncryptionKey(fileWith(HEX));
    const bytesFor = (purpose: string) =>
      keyForPurpose(key, purpose).use((bytes) => Buffer.from(bytes).toString("hex"));
    expect(bytesFor("a")).toMatch(/^[0-9a-f]{64}$/);
    expect(bytesFor("a")).toBe(bytesFor("a"));
    expect(new Set([bytesFor("a"), bytesFor("b"), HEX.toLowerCase()]).size).toBe(3);
  });
});

test("a token's MAC is good for its digits in its place, and for nothing else", async () => {
  const { macOf, isMacOf } = createTokenMac(await readKeyEncryptionKey(fileWith(HEX)));
  const place = { organizationId: "o", tokenSetId: "s", position: 1 };
  const digits = "12345678901234567890";
  const mac = macOf(place, digits);
  expect(isMacOf(place, digits, mac)).toBe(true);
  expect(isMacOf({ ...place, position: 2 }, digits, mac)).toBe(false);
  expect(isMacOf({ ...place, tokenSetId: "t" }, digits, mac)).toBe(false);
  expect(isMacOf({ ...place, organizationId: "p" }, digits, mac)).toBe(false);
  expect(isMacOf(place, "12345678901234567891", mac)).toBe(false);
  expect(isMacOf(place, digits, mac.subarray(1))).toBe(false);
});
