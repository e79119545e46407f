/** IEC 62055-41 ed. 3, EA: 7 is STA, 11 is MISTY1. 9 (DEA) was withdrawn and is refused. */
export type EncryptionAlgorithm = 7 | 11;

/** A 64-bit block as two 32-bit halves, the more significant first; changed in place. */
export type BlockWords = Int32Array;

/** A meter's cipher with its key ready. It keeps key material: `wipe` it when done. */
export type BlockCipher = {
  readonly algorithm: EncryptionAlgorithm;
  encrypt(words: BlockWords): void;
  decrypt(words: BlockWords): void;
  wipe(): void;
};
