import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SecretKey } from "@/lib/sts";
import { openKey, sealKey } from "./sealed-key";

const name = {
  organizationId: "019ab000-0000-7000-8000-000000000001",
  vendingKeyId: "019ab000-0000-7000-8000-000000000004",
  version: 1,
};
const keyEncryptionKey = new SecretKey(randomBytes(32));
const bytes = randomBytes(20);
const key = new SecretKey(bytes);
const refused = { ok: false, error: "does-not-open" };

const flip = (from: Uint8Array, bit: number) =>
  from.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

describe("a sealed key", () => {
  test("opens to the same bytes", () => {
    const opened = openKey(keyEncryptionKey, name, sealKey(keyEncryptionKey, name, key));
    expect(opened.ok && opened.value.use((inside) => Buffer.from(inside))).toEqual(bytes);
  });

  test("is another one each time, and has nothing of the key in it", () => {
    const one = sealKey(keyEncryptionKey, name, key);
    const two = sealKey(keyEncryptionKey, name, key);
    expect(one.nonce).not.toEqual(two.nonce);
    expect(one.sealed).not.toEqual(two.sealed);
    expect(Buffer.from(one.sealed).includes(bytes.subarray(0, 4))).toBe(false);
  });

  test("does not open with one bit of nonce or ciphertext changed", () => {
    const whole = sealKey(keyEncryptionKey, name, key);
    fc.assert(
      fc.property(fc.nat(24 * 8 - 1), fc.nat(36 * 8 - 1), (nonceBit, sealedBit) => {
        const otherNonce = { ...whole, nonce: flip(whole.nonce, nonceBit) };
        const otherSealed = { ...whole, sealed: flip(whole.sealed, sealedBit) };
        expect(openKey(keyEncryptionKey, name, otherNonce)).toEqual(refused);
        expect(openKey(keyEncryptionKey, name, otherSealed)).toEqual(refused);
      }),
    );
  });

  test.each([
    { organizationId: "019ab000-0000-7000-8000-000000000002" },
    { vendingKeyId: "019ab000-0000-7000-8000-000000000005" },
    { version: 2 },
  ])("does not open under another name: %j", (change) => {
    const whole = sealKey(keyEncryptionKey, name, key);
    expect(openKey(keyEncryptionKey, { ...name, ...change }, whole)).toEqual(refused);
  });

  test("does not open when cut short, or under another key-encryption key", () => {
    const whole = sealKey(keyEncryptionKey, name, key);
    const cut = { ...whole, sealed: whole.sealed.subarray(1) };
    const shortNonce = { ...whole, nonce: whole.nonce.subarray(1) };
    const other = new SecretKey(randomBytes(32));
    expect(openKey(keyEncryptionKey, name, cut)).toEqual(refused);
    const short = { ok: false, error: "cut-short" };
    const gone = { ...whole, sealed: new Uint8Array() };
    expect(openKey(keyEncryptionKey, name, gone)).toEqual(short);
    expect(openKey(keyEncryptionKey, name, shortNonce)).toEqual(short);
    expect(openKey(other, name, whole)).toEqual(refused);
  });

  test("once opened never prints", () => {
    const opened = openKey(keyEncryptionKey, name, sealKey(keyEncryptionKey, name, key));
    const shown = `${inspect(opened, { depth: 9, showHidden: true })} ${JSON.stringify(opened)}`;
    expect(shown).toContain("[secret key]");
    expect(shown).not.toContain(bytes.toString("hex"));
    expect(opened.ok && `${opened.value}`).toBe("[secret key]");
  });
});
