import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkedBits, crcOf, currencyCrcOf } from "./crc";
import vectors from "./vectors/crc.json";
import published from "./vectors/published.json";

const bits50 = fc.bigInt({ min: 0n, max: 2n ** 50n - 1n });

/**
 * The CRC as a division on paper: the message as a row of bits, each byte's lowest bit first, the
 * first sixteen inverted, sixteen zeros behind it, divided by 1 1000 0000 0000 0101.
 */
function crcOnPaper(bytes: readonly number[]): number {
  const divisor = "11000000000000101";
  const lowestFirst = (byte: number) => byte.toString(2).padStart(8, "0").split("").reverse();
  const bits = [...bytes.flatMap(lowestFirst), ..."0".repeat(16)].map((bit, index) =>
    index < 16 ? 1 - Number(bit) : Number(bit),
  );
  for (let start = 0; start + 16 < bits.length; start++) {
    if (bits[start] === 0) continue;
    for (let index = 0; index <= 16; index++) {
      bits[start + index] = (bits[start + index] ?? 0) ^ Number(divisor[index]);
    }
  }
  // The remainder is written down reversed, and its two bytes enter the token low byte first.
  const register = Number.parseInt(bits.slice(-16).reverse().join(""), 2);
  return ((register & 0xff) << 8) | (register >> 8);
}

function sevenBytes(bits: bigint): number[] {
  return (
    bits
      .toString(16)
      .padStart(14, "0")
      .match(/../g)
      ?.map((byte) => Number(`0x${byte}`)) ?? []
  );
}

describe("CRC", () => {
  const examples = published.filter((example) => example.kind === "crc");

  it.each(examples)("$id: $bits50 has the published $crc", (example) => {
    expect(crcOf(BigInt(`0x${example.bits50}`))).toBe(Number(`0x${example.crc}`));
  });

  it.each(vectors)("$id: $bits50 has $crc, as currency $crcCurrency", (vector) => {
    const bits = BigInt(`0x${vector.bits50}`);
    expect(crcOf(bits)).toBe(Number(`0x${vector.crc}`));
    expect(currencyCrcOf(bits)).toBe(Number(`0x${vector.crcCurrency}`));
  });

  it("is the remainder that a division on paper leaves", () => {
    fc.assert(
      fc.property(bits50, (bits) => {
        expect(crcOf(bits)).toBe(crcOnPaper(sevenBytes(bits)));
        expect(currencyCrcOf(bits)).toBe(crcOnPaper([...sevenBytes(bits), 0x01]));
      }),
    );
  });

  it("changes with every single bit, the class bits included", () => {
    fc.assert(
      fc.property(bits50, fc.bigInt({ min: 0n, max: 49n }), (bits, position) => {
        expect(crcOf(bits ^ (1n << position))).not.toBe(crcOf(bits));
      }),
    );
  });

  it("covers 50 bits and no more", () => {
    expect(() => crcOf(2n ** 50n)).toThrow("50 bits");
    expect(checkedBits(3, 2n ** 64n - 1n)).toBe(2n ** 50n - 1n);
  });
});
