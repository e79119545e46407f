import { assert } from "@/lib/kernel";
import type { BlockCipher, BlockWords } from "./block-cipher";
import type { SecretKey } from "./secret-key";
import { prepareStaTables, SAMPLE_STA_TABLES, type StaTables } from "./sta-tables";

/*
 * IEC 62055-41 ed. 3, EA07 (STA): 16 rounds of substitution by two nibble tables and a permutation
 * of all 64 bits. Hot: blocks are two 32-bit halves and a round is eight look-ups;
 * twins/plain-sta.ts says the same in plain words, and the tests hold one against the other.
 */
const KEY_BYTES = 8;
const ROUNDS = 16;
const BYTES = 8;

/** EA07 under one key, ready to be used many times. */
export function staCipher(key: SecretKey, tables: StaTables = SAMPLE_STA_TABLES): BlockCipher {
  assert(key.lengthBytes === KEY_BYTES, "an STA key is 64 bits");
  const round = prepareStaTables(tables);
  const { encryptHigh, encryptLow, scatterHigh, scatterLow, inverseByte } = round;
  const [keyHigh, keyLow] = key.use((bytes) => [wordAt(bytes, 0), wordAt(bytes, 4)] as const);
  const choices = encryptSchedule(~keyHigh, ~keyLow);
  // Few keys ever decrypt, so their other schedule is made on first use.
  let decryptChoices: Uint16Array | null = null;

  return {
    algorithm: 7,
    encrypt(words: BlockWords) {
      let high = words[0] ?? 0;
      let low = words[1] ?? 0;
      // Eight look-ups of both halves, written out: a loop over them costs a third of the speed.
      for (let at = 0; at < ROUNDS * BYTES; at += BYTES) {
        const byte0 = (choices[at] ?? 0) | (low & 0xff);
        const byte1 = (choices[at + 1] ?? 0) | ((low >>> 8) & 0xff);
        const byte2 = (choices[at + 2] ?? 0) | ((low >>> 16) & 0xff);
        const byte3 = (choices[at + 3] ?? 0) | (low >>> 24);
        const byte4 = (choices[at + 4] ?? 0) | (high & 0xff);
        const byte5 = (choices[at + 5] ?? 0) | ((high >>> 8) & 0xff);
        const byte6 = (choices[at + 6] ?? 0) | ((high >>> 16) & 0xff);
        const byte7 = (choices[at + 7] ?? 0) | (high >>> 24);
        high =
          (encryptHigh[byte0] ?? 0) |
          (encryptHigh[byte1] ?? 0) |
          ((encryptHigh[byte2] ?? 0) | (encryptHigh[byte3] ?? 0)) |
          ((encryptHigh[byte4] ?? 0) | (encryptHigh[byte5] ?? 0)) |
          ((encryptHigh[byte6] ?? 0) | (encryptHigh[byte7] ?? 0));
        low =
          (encryptLow[byte0] ?? 0) |
          (encryptLow[byte1] ?? 0) |
          ((encryptLow[byte2] ?? 0) | (encryptLow[byte3] ?? 0)) |
          ((encryptLow[byte4] ?? 0) | (encryptLow[byte5] ?? 0)) |
          ((encryptLow[byte6] ?? 0) | (encryptLow[byte7] ?? 0));
      }
      words[0] = high;
      words[1] = low;
    },
    decrypt(words: BlockWords) {
      decryptChoices ??= decryptSchedule(keyHigh, keyLow);
      for (let at = 0; at < ROUNDS * BYTES; at += BYTES) {
        const halves = [words[1] ?? 0, words[0] ?? 0];
        let nextHigh = 0;
        let nextLow = 0;
        for (let byte = 0; byte < BYTES; byte++) {
          const entry = (byte << 8) | (((halves[byte >> 2] ?? 0) >>> (8 * (byte & 3))) & 0xff);
          nextHigh |= scatterHigh[entry] ?? 0;
          nextLow |= scatterLow[entry] ?? 0;
        }
        words[0] = 0;
        words[1] = 0;
        for (let byte = 0; byte < BYTES; byte++) {
          const moved = ((byte < 4 ? nextLow : nextHigh) >>> (8 * (byte & 3))) & 0xff;
          const read = inverseByte[(decryptChoices[at + byte] ?? 0) | moved] ?? 0;
          const half = byte < 4 ? 1 : 0;
          words[half] = (words[half] ?? 0) | (read << (8 * (byte & 3)));
        }
      }
    },
    wipe() {
      choices.fill(0);
      decryptChoices?.fill(0);
    },
  };
}

function wordAt(bytes: Uint8Array, offset: number): number {
  let word = 0;
  for (let index = 0; index < 4; index++) word = (word << 8) | (bytes[offset + index] ?? 0);
  return word;
}

/** k = ror64(~K, 12), then rol64 by one a round: bits 4n + 3 choose the tables. */
function encryptSchedule(notHigh: number, notLow: number): Uint16Array {
  let high = (notHigh >>> 12) | (notLow << 20);
  let low = (notLow >>> 12) | (notHigh << 20);
  const choices = new Uint16Array(ROUNDS * BYTES);
  for (let round = 0; round < ROUNDS; round++) {
    for (let byte = 0; byte < BYTES; byte++) {
      const bits = (byte < 4 ? low : high) >>> (8 * (byte & 3));
      choices[round * BYTES + byte] = (byte << 10) | ((bits & 8) << 5) | ((bits & 0x80) << 2);
    }
    const carried = high >>> 31;
    high = (high << 1) | (low >>> 31);
    low = (low << 1) | carried;
  }
  return choices;
}

/** k = K, then ror64 by one a round: bits 4n choose the inverse tables. */
function decryptSchedule(keyHigh: number, keyLow: number): Uint16Array {
  let high = keyHigh;
  let low = keyLow;
  const choices = new Uint16Array(ROUNDS * BYTES);
  for (let round = 0; round < ROUNDS; round++) {
    for (let byte = 0; byte < BYTES; byte++) {
      const bits = (byte < 4 ? low : high) >>> (8 * (byte & 3));
      choices[round * BYTES + byte] = ((bits & 1) << 8) | ((bits & 0x10) << 5);
    }
    const carried = low & 1;
    low = (low >>> 1) | (high << 31);
    high = (high >>> 1) | (carried << 31);
  }
  return choices;
}
