import { assert } from "@/lib/kernel";

/*
 * IEC 62055-41 ed. 3, CRC: x^16 + x^15 + x^2 + 1, bits reflected, initial value 0xFFFF, no final
 * xor (the CRC that Modbus uses). The two bytes of the register are swapped when they enter the
 * token.
 */
const REFLECTED_POLYNOMIAL = 0xa001;

/** The register before the first byte. */
export const CRC_START = 0xffff;

/** Class (2), SubClass (4) and content (44): the CRC always covers the class bits. */
const CHECKED_BITS = 50n;
const CHECKED_BYTES = 7;

/** What each value of the register's low byte does to the rest. */
export const CRC_STEP = Uint16Array.from({ length: 256 }, (_, byte) => {
  let register = byte;
  for (let bit = 0; bit < 8; bit++) {
    register = register & 1 ? (register >> 1) ^ REFLECTED_POLYNOMIAL : register >> 1;
  }
  return register;
});

/** The 50 bits a CRC covers: the class, then the block without its last sixteen bits. */
export function checkedBits(tokenClass: number, block: bigint): bigint {
  return (BigInt(tokenClass) << 48n) | (block >> 16n);
}

/** The CRC field of the 50 bits before it, right-aligned in seven bytes. */
export function crcOf(bits50: bigint): number {
  return swapBytes(registerAfter(bits50));
}

/** CRC_C, of currency credit (class 0, SubClass 4 to 7): the seven bytes are followed by 01. */
export function currencyCrcOf(bits50: bigint): number {
  return swapBytes(step(registerAfter(bits50), 0x01));
}

function registerAfter(bits50: bigint): number {
  assert(bits50 >= 0n && bits50 >> CHECKED_BITS === 0n, "a CRC covers 50 bits");
  let register = CRC_START;
  for (let index = CHECKED_BYTES - 1; index >= 0; index--) {
    register = step(register, Number((bits50 >> BigInt(8 * index)) & 0xffn));
  }
  return register;
}

function step(register: number, byte: number): number {
  return (register >> 8) ^ (CRC_STEP[(register ^ byte) & 0xff] ?? 0);
}

function swapBytes(register: number): number {
  return ((register & 0xff) << 8) | (register >> 8);
}
