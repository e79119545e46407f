import { assert } from "@/lib/kernel";
import { MISTY1_S7, MISTY1_S9 } from "../misty1-tables";
import type { SecretKey } from "../secret-key";

/*
 * IEC 62055-41 ed. 3, EA11: MISTY1 with eight rounds as in RFC 2994, one block and no mode. The
 * function names FI, FO, FL and FLINV are the RFC's; words are 16 bits, halves 32 bits.
 *
 * The plain twin of ../misty1.ts, for its tests and nothing else: no typed arrays, no prepared key.
 */
const KEY_BYTES = 16;
const ROUNDS = 8;

/** RFC 2994, key scheduling: words 0–7 are K, words 8–15 are K'. */
type Schedule = Uint16Array;

/** Encrypts a 64-bit block under a 128-bit key. */
export function encryptMisty1(key: SecretKey, block: bigint): bigint {
  return withSchedule(key, block, encryptHalves);
}

/** The inverse of `encryptMisty1`. */
export function decryptMisty1(key: SecretKey, block: bigint): bigint {
  return withSchedule(key, block, decryptHalves);
}

type Halves = readonly [left: number, right: number];

function withSchedule(
  key: SecretKey,
  block: bigint,
  work: (left: number, right: number, schedule: Schedule) => Halves,
): bigint {
  assert(key.lengthBytes === KEY_BYTES, "a MISTY1 key is 128 bits");
  assert(block >= 0n && block >> 64n === 0n, "a MISTY1 block is 64 bits");
  const schedule = key.use(expandKey);
  const [left, right] = work(Number(block >> 32n), Number(block & 0xffffffffn), schedule);
  schedule.fill(0);
  return (BigInt(left) << 32n) | BigInt(right);
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

function encryptHalves(leftIn: number, rightIn: number, schedule: Schedule): Halves {
  let left = leftIn;
  let right = rightIn;
  for (let round = 0; round < ROUNDS; round += 2) {
    left = fl(left, round, schedule);
    right = fl(right, round + 1, schedule);
    right = (right ^ fo(left, round, schedule)) >>> 0;
    left = (left ^ fo(right, round + 1, schedule)) >>> 0;
  }
  return [fl(right, ROUNDS + 1, schedule), fl(left, ROUNDS, schedule)];
}

function decryptHalves(leftIn: number, rightIn: number, schedule: Schedule): Halves {
  let right = flInverse(leftIn, ROUNDS + 1, schedule);
  let left = flInverse(rightIn, ROUNDS, schedule);
  for (let round = ROUNDS - 2; round >= 0; round -= 2) {
    left = (left ^ fo(right, round + 1, schedule)) >>> 0;
    right = (right ^ fo(left, round, schedule)) >>> 0;
    left = flInverse(left, round, schedule);
    right = flInverse(right, round + 1, schedule);
  }
  return [left, right];
}

/** RFC 2994, FI: two unequal halves of nine and seven bits, through S9, S7 and S9. */
function fi(word: number, key: number): number {
  let nine = word >>> 7;
  let seven = word & 0x7f;
  nine = (MISTY1_S9[nine] ?? 0) ^ seven;
  seven = (MISTY1_S7[seven] ?? 0) ^ (nine & 0x7f);
  seven ^= key >>> 9;
  nine ^= key & 0x1ff;
  nine = (MISTY1_S9[nine] ?? 0) ^ seven;
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
  return ((low << 16) | high) >>> 0;
}

/** RFC 2994, FL: the two key words differ for even and odd positions. */
function fl(half: number, position: number, schedule: Schedule): number {
  const [andKey, orKey] = flKeys(position, schedule);
  const low = (half & 0xffff) ^ ((half >>> 16) & andKey);
  const high = (half >>> 16) ^ (low | orKey);
  return ((high << 16) | low) >>> 0;
}

/** RFC 2994, FLINV: the two steps of FL in reverse order. */
function flInverse(half: number, position: number, schedule: Schedule): number {
  const [andKey, orKey] = flKeys(position, schedule);
  const high = (half >>> 16) ^ ((half & 0xffff) | orKey);
  const low = (half & 0xffff) ^ (high & andKey);
  return ((high << 16) | low) >>> 0;
}

function flKeys(position: number, schedule: Schedule): readonly [andKey: number, orKey: number] {
  const pair = position >> 1;
  return position % 2 === 0
    ? [keyWord(schedule, pair), derivedWord(schedule, pair + 6)]
    : [derivedWord(schedule, pair + 2), keyWord(schedule, pair + 4)];
}
