import type { StaTables } from "../sta-tables";

/*
 * IEC 62055-41 ed. 3, EA07, as the standard draws it: bit by bit over bigint. The plain twin of
 * ../sta.ts, for its tests and nothing else.
 */
const MASK = (1n << 64n) - 1n;
const bitOf = (value: bigint, index: number) => Number((value >> BigInt(index)) & 1n);
const rotateLeft = (value: bigint, by: bigint) => ((value << by) | (value >> (64n - by))) & MASK;

/** Complement and rotate the key; then substitute, permute, rotate, sixteen times. */
export function plainStaEncrypt(key: bigint, plain: bigint, { S1, S2, P }: StaTables): bigint {
  let k = rotateLeft(~key & MASK, 52n);
  let block = plain;
  for (let round = 0; round < 16; round++) {
    let substituted = 0n;
    for (let nibble = 0; nibble < 16; nibble++) {
      const table = bitOf(k, 4 * nibble + 3) ? S2 : S1;
      const value = Number((block >> BigInt(4 * nibble)) & 15n);
      substituted |= BigInt(table[value] ?? 0) << BigInt(4 * nibble);
    }
    block = 0n;
    for (const [from, to] of P.entries()) block |= BigInt(bitOf(substituted, from)) << BigInt(to);
    k = rotateLeft(k, 1n);
  }
  return block;
}

/** Permute back, substitute back, rotate the key right, sixteen times. */
export function plainStaDecrypt(key: bigint, cipher: bigint, { S1, S2, P }: StaTables): bigint {
  let k = key;
  let block = cipher;
  for (let round = 0; round < 16; round++) {
    let permuted = 0n;
    for (const [from, to] of P.entries()) permuted |= BigInt(bitOf(block, to)) << BigInt(from);
    block = 0n;
    for (let nibble = 0; nibble < 16; nibble++) {
      const table = bitOf(k, 4 * nibble) ? S1 : S2;
      const value = Number((permuted >> BigInt(4 * nibble)) & 15n);
      block |= BigInt(table.indexOf(value)) << BigInt(4 * nibble);
    }
    k = rotateLeft(k, 63n);
  }
  return block;
}
