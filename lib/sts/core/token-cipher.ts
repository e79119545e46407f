import { assert } from "@/lib/kernel";
import type { BlockCipher, BlockWords, EncryptionAlgorithm } from "./block-cipher";
import { misty1Cipher } from "./misty1";
import type { SecretKey } from "./secret-key";
import { staCipher } from "./sta";
import type { StaTables } from "./sta-tables";

const KEY_BYTES: Readonly<Record<EncryptionAlgorithm, number>> = { 7: 8, 11: 16 };

/** How many bytes a decoder key has. */
export function decoderKeyBytes(algorithm: EncryptionAlgorithm): number {
  return KEY_BYTES[algorithm];
}

/**
 * A decoder key made ready, by its length: 8 bytes are EA07 (with the sample tables where none are
 * given), 16 are EA11. Any other length is the caller's bug.
 */
export function tokenCipher(decoderKey: SecretKey, tables?: StaTables): BlockCipher {
  const { lengthBytes } = decoderKey;
  assert(lengthBytes === 8 || lengthBytes === 16, "a decoder key is 64 or 128 bits");
  return lengthBytes === 16 ? misty1Cipher(decoderKey) : staCipher(decoderKey, tables);
}

/** One block as a bigint, for whoever reads a single token. */
export function encryptBlock(cipher: BlockCipher, block: bigint): bigint {
  return withWords(block, (words) => cipher.encrypt(words));
}

/** The inverse of `encryptBlock`. */
export function decryptBlock(cipher: BlockCipher, block: bigint): bigint {
  return withWords(block, (words) => cipher.decrypt(words));
}

function withWords(block: bigint, work: (words: BlockWords) => void): bigint {
  assert(block >= 0n && block >> 64n === 0n, "a block is 64 bits");
  const words = Int32Array.of(Number(BigInt.asIntN(32, block >> 32n)), Number(block & 0xffffffffn));
  work(words);
  const [high = 0, low = 0] = words;
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
