import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkedBits, crcOf, currencyCrcOf } from "./crc";
import { decodeToken } from "./decode-token";
import { SecretKey } from "./secret-key";
import { encodeTokenDigits, type TokenClass } from "./transposition";
import { encryptMisty1 } from "./twins/plain-misty1";
import vectors from "./vectors/decode.json";
import failures from "./vectors/decode-failure.json";

const keyOf = (hex: string) => new SecretKey(Buffer.from(hex, "hex"));
const key = keyOf("00112233445566778899aabbccddeeff");

/** A token of any class and SubClass with a CRC that is right for it. */
function tokenOf(tokenClass: TokenClass, subclass: number, content: bigint): string {
  const withoutCrc = (BigInt(subclass) << 60n) | (content << 16n);
  const checked = checkedBits(tokenClass, withoutCrc);
  const isCurrency = tokenClass === 0 && subclass >= 4 && subclass <= 7;
  const block = withoutCrc | BigInt(isCurrency ? currencyCrcOf(checked) : crcOf(checked));
  return encodeTokenDigits(tokenClass === 1 ? block : encryptMisty1(key, block), tokenClass);
}

/** All 180 tokens that differ from this one in a single digit. */
function withOneWrongDigit(token: string): string[] {
  return [...token].flatMap((digit, index) =>
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((change) => {
      const wrong = (Number(digit) + change) % 10;
      return token.slice(0, index) + wrong + token.slice(index + 1);
    }),
  );
}

describe("decodeToken", () => {
  it.each(vectors)("$id: reads $token", ({ token, decoderKey, decoded }) => {
    expect(decodeToken(token, keyOf(decoderKey))).toEqual({
      ok: true,
      value: {
        kind: "credit",
        tokenClass: decoded.class,
        subclass: decoded.subclass,
        random: decoded.rnd,
        tokenIdMinutes: decoded.tid,
        amountField: decoded.value,
        units: BigInt(decoded.units),
      },
    });
  });

  it.each(failures)("$id: refuses $token ($kind) with $error", ({ token, decoderKey, error }) => {
    expect(decodeToken(token, keyOf(decoderKey))).toEqual({ ok: false, error });
  });

  it.each(vectors)("$id: reads no credit from $token with a wrong digit", (vector) => {
    const decoderKey = keyOf(vector.decoderKey);
    const misread = withOneWrongDigit(vector.token).filter((digits) => {
      const decoded = decodeToken(digits, decoderKey);
      return decoded.ok && decoded.value.kind === "credit";
    });
    expect(misread).toEqual([]);
  });

  it("can promise no more than sixteen bits of CRC do", () => {
    // One wrong token in 65,536 fits by chance. This neighbour of dec-0584 reads as currency
    // credit, which a meter that counts units answers with FunctionError.
    const decoderKey = keyOf("0591fd69e9db6c1091abf349bd971bf8");
    const accepted = vectors
      .filter(({ id }) => id === "dec-0584")
      .flatMap(({ token }) => withOneWrongDigit(token))
      .filter((digits) => decodeToken(digits, decoderKey).ok);
    expect(accepted).toEqual(["59533861593976096653"]);
    expect(decodeToken("59533861593976096653", decoderKey)).toMatchObject({
      ok: true,
      value: { kind: "currency", tokenClass: 0, subclass: 4 },
    });
  });

  it("lets next to no random digits through, under any key", () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 66n - 1n }), (number) => {
        accepted += Number(decodeToken(number.toString().padStart(20, "0"), key).ok);
      }),
      { numRuns: 2000, seed: 62055 },
    );
    // One in 65,536 has a CRC that fits by chance.
    expect(accepted).toBe(0);
  });

  it("names the class and SubClass of good tokens that are reserved", () => {
    for (const [tokenClass, subclass] of [
      [0, 8],
      [0, 15],
      [1, 3],
      [1, 5],
    ] as const) {
      expect(decodeToken(tokenOf(tokenClass, subclass, 0x123456789abn), key)).toEqual({
        ok: true,
        value: { kind: "other", tokenClass, subclass },
      });
    }
  });

  it("refuses class 3 even where its CRC is right", () => {
    expect(decodeToken(tokenOf(3, 0, 0n), key)).toEqual({ ok: false, error: "FormatError" });
  });

  it("refuses a currency token that carries the plain CRC", () => {
    const withoutCrc = 4n << 60n;
    const block = withoutCrc | BigInt(crcOf(checkedBits(0, withoutCrc)));
    const digits = encodeTokenDigits(encryptMisty1(key, block), 0);
    expect(decodeToken(digits, key)).toEqual({ ok: false, error: "CRCError" });
  });
});
