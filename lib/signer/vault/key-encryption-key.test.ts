import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { SecretKey } from "@/lib/sts";
import { type KeyRing, keyFileText, PURPOSES, readKeyRing } from "./key-encryption-key";
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
      const { sealing } = await readKeyRing(fileWith(`${HEX}\n`, mode));
      const hex = sealing.use((bytes) => Buffer.from(bytes).toString("hex"));
      expect(hex).toBe(HEX.toLowerCase());
    }
  });

  test.each([0o640, 0o604, 0o620, 0o644, 0o601])(
    "is refused in a file of mode %o",
    async (mode) => {
      await expect(readKeyRing(fileWith(HEX, mode))).rejects.toThrow("chmod 600");
    },
  );

  test.each(["", HEX.slice(1), `${HEX}0`, HEX.replace("a", "g"), `0x${HEX.slice(2)}`])(
    "is refused when it is not 64 hex digits, without repeating them: %j",
    async (text) => {
      const refusal: unknown = await readKeyRing(fileWith(text)).catch((error) => error);
      expect(String(refusal)).toContain("does not hold 64 hex digits");
      expect(String(refusal)).not.toContain("00112233");
    },
  );

  test("is refused when the file is not there", async () => {
    await expect(readKeyRing(path.join(folder, "none"))).rejects.toThrow("ENOENT");
  });

  test("gives each purpose a key of its own, the same each time", async () => {
    const hexes = hexesOf(await readKeyRing(fileWith(HEX)));
    expect(new Set([...hexes, HEX.toLowerCase()]).size).toBe(PURPOSES.length + 1);
    expect(hexesOf(await readKeyRing(fileWith(HEX)))).toEqual(hexes);
  });

  test("once exchanged leaves the purposes their keys, also the second time", async () => {
    const before = await readKeyRing(fileWith(HEX));
    const hexes = hexesOf(before);
    const once = await readKeyRing(fileWith(keyFileText(new SecretKey(randomBytes(32)), before)));
    expect(hexesOf(once)).toEqual(hexes);
    const next = new SecretKey(randomBytes(32));
    const twice = await readKeyRing(fileWith(keyFileText(next, once)));
    expect(hexesOf(twice)).toEqual(hexes);
    expect(twice.sealing.use((bytes) => Buffer.from(bytes))).toEqual(next.use(Buffer.from));
  });

  test("with a line that was changed, cut short or renamed is refused", async () => {
    const text = keyFileText(new SecretKey(randomBytes(32)), await readKeyRing(fileWith(HEX)));
    const lines = text.trim().split("\n");
    const second = lines[1] ?? "";
    const other = second.startsWith("0") ? `1${second.slice(1)}` : `0${second.slice(1)}`;
    for (const line of [other, second.slice(2), second.replace("mac", "head"), "x"]) {
      const changed = [lines[0], line, ...lines.slice(2)].join("\n");
      const refusal: unknown = await readKeyRing(fileWith(changed)).catch((error) => error);
      expect(String(refusal)).toContain("does not open");
      expect(String(refusal)).not.toContain(second.slice(4, 40));
    }
  });
});

const hexesOf = ({ forPurpose }: KeyRing) =>
  PURPOSES.map((purpose) => forPurpose(purpose).use((bytes) => Buffer.from(bytes).toString("hex")));

test("a token's MAC is good for its digits in its place, and for nothing else", async () => {
  const { macOf, isMacOf } = createTokenMac((await readKeyRing(fileWith(HEX))).sealing);
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
