import { assert } from "@/lib/kernel";
import type { BlockCipher, BlockWords } from "./block-cipher";
import { MISTY1_S7, MISTY1_S9 } from "./misty1-tables";
import type { SecretKey } from "./secret-key";

/*
 * IEC 62055-41 ed. 3, EA11: MISTY1 with eight rounds as in RFC 2994, one block and no mode. The
 * function names FI, FO, FL and FLINV are the RFC's; words are 16 bits, halves 32 bits.
 *
 * Table look-ups take time that depends on the key, and JavaScript promises no constant time
 * anyway: whoever can measure a single call learns something. So keys stay in the signer.
 *
 * Hot: halves are 32-bit integers, S-boxes and schedule typed arrays. twins/plain-misty1.ts says
 * the same over bigint, and the tests hold one against the other.
 */
const KEY_BYTES = 16;
const ROUNDS = 8;

/** RFC 2994, key scheduling: words 0–7 are K, words 8–15 are K'. */
type Schedule = Uint16Array;

const S7 = Uint16Array.from(MISTY1_S7);
const S9 = Uint16Array.from(MISTY1_S9);

/** EA11 under one key, ready to be used many times. */
export function misty1Cipher(key: SecretKey): BlockCipher {
  assert(key.lengthBytes === KEY_BYTES, "a MISTY1 key is 128 bits");
  const schedule = key.use(expandKey);
  return {
    algorithm: 11,
    encrypt: (words) => encryptHalves(words, schedule),
    decrypt: (words) => decryptHalves(words, schedule),
    wipe: () => void schedule.fill(0),
  };
}

function expandKey(bytes: Uint8Array): Schedule {
  const schedule = new Uint16Array(16);
  for (let word = 0; word < 8; word++) {
    schedule[word] = ((bytes[2 * word] ?? 0) << 8) | (bytes[2 * word + 1] ?? 0);
  }
  for (let word = 0; word < 8; word++) {
    schedule[word + 8] = fi(keyWord(schedule, word), keyWord(schedule, word + 1));
  }
  return schedule;
}

/** K[index mod 8]. */
function keyWord(schedule: Schedule, index: number): number {
  return schedule[index & 7] ?? 0;
}

/** K'[index mod 8]. */
function derivedWord(schedule: Schedule, index: number): number {
  return schedule[(index & 7) | 8] ?? 0;
}

function encryptHalves(words: BlockWords, schedule: Schedule): void {
  let left = words[0] ?? 0;
  let right = words[1] ?? 0;
  for (let round = 0; round < ROUNDS; round += 2) {
    const pair = round >> 1;
    left = fl(left, keyWord(schedule, pair), derivedWord(schedule, pair + 6));
    right = fl(right, derivedWord(schedule, pair + 2), keyWord(schedule, pair + 4));
    right ^= fo(left, round, schedule);
    left ^= fo(right, round + 1, schedule);
  }
  words[0] = fl(right, derivedWord(schedule, 6), keyWord(schedule, 0));
  words[1] = fl(left, keyWord(schedule, 4), derivedWord(schedule, 2));
}

function decryptHalves(words: BlockWords, schedule: Schedule): void {
  let right = flInverse(words[0] ?? 0, derivedWord(schedule, 6), keyWord(schedule, 0));
  let left = flInverse(words[1] ?? 0, keyWord(schedule, 4), derivedWord(schedule, 2));
  for (let round = ROUNDS - 2; round >= 0; round -= 2) {
    const pair = round >> 1;
    left ^= fo(right, round + 1, schedule);
    right ^= fo(left, round, schedule);
    left = flInverse(left, keyWord(schedule, pair), derivedWord(schedule, pair + 6));
    right = flInverse(right, derivedWord(schedule, pair + 2), keyWord(schedule, pair + 4));
  }
  words[0] = left;
  words[1] = right;
}

/** RFC 2994, FI: two unequal halves of nine and seven bits, through S9, S7 and S9. */
function fi(word: number, key: number): number {
  let nine = word >>> 7;
  let seven = word & 0x7f;
  nine = (S9[nine] ?? 0) ^ seven;
  seven = (S7[seven] ?? 0) ^ (nine & 0x7f);
  seven ^= key >>> 9;
  nine ^= key & 0x1ff;
  nine = (S9[nine] ?? 0) ^ seven;
  return (seven << 9) | nine;
}

/** RFC 2994, FO: three rounds of FI over the two words of a half. */
function fo(half: number, round: number, schedule: Schedule): number {
  let high = half >>> 16;
  let low = half & 0xffff;
  high = fi(high ^ keyWord(schedule, round), derivedWord(schedule, round + 5)) ^ low;
  low = fi(low ^ keyWord(schedule, round + 2), derivedWord(schedule, round + 1)) ^ high;
  high = fi(high ^ keyWord(schedule, round + 7), derivedWord(schedule, round + 3)) ^ low;
  low ^= keyWord(schedule, round + 4);
  return (low << 16) | high;
}

/** RFC 2994, FL; which two key words it takes depends on its position. */
function fl(half: number, andKey: number, orKey: number): number {
  const low = (half & 0xffff) ^ ((half >>> 16) & andKey);
  const high = (half >>> 16) ^ (low | orKey);
  return (high << 16) | low;
}

/** RFC 2994, FLINV: the two steps of FL in reverse order. */
function flInverse(half: number, andKey: number, orKey: number): number {
  const high = (half >>> 16) ^ ((half & 0xffff) | orKey);
  const low = (half & 0xffff) ^ (high & andKey);
  return (high << 16) | low;
}
