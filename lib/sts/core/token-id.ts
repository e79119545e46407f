import { assert, err, ok, type Result } from "@/lib/kernel";

/** IEC 62055-41 ed. 3, BDT: 1 January 00:00 of these years; we count in UTC. */
export const BASE_DATES = [1993, 2014, 2035] as const;
export type BaseDate = (typeof BASE_DATES)[number];

const BASE_INSTANT_MS: Readonly<Record<BaseDate, number>> = {
  1993: Date.UTC(1993, 0, 1),
  2014: Date.UTC(2014, 0, 1),
  2035: Date.UTC(2035, 0, 1),
};

const MINUTE_MS = 60_000;
const MINUTES_PER_DAY = 1440;

/** IEC 62055-41 ed. 3, SpecialReservedTokenIdentifier: 00:01 of every day. */
const RESERVED_MINUTE_OF_DAY = 1;

/** IEC 62055-41 ed. 3, TID: 24 bits, about 31.9 years from each base date. */
export const LAST_TOKEN_ID_MINUTES = 2 ** 24 - 1;

/** True for an integer that fits the 24 bits of a TID. */
export function isTokenId(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= 0 && minutes <= LAST_TOKEN_ID_MINUTES;
}

/** Whole minutes from the base date to the instant, seconds dropped; below zero before it. */
export function minutesSinceBase(instant: Date, baseDate: BaseDate): number {
  const minutes = Math.floor((instant.getTime() - BASE_INSTANT_MS[baseDate]) / MINUTE_MS);
  assert(Number.isInteger(minutes), "an instant is a valid date");
  return minutes;
}

/** True for 00:01 of a day, which ordinary tokens must not use. */
export function isReservedMinute(tokenIdMinutes: number): boolean {
  return tokenIdMinutes % MINUTES_PER_DAY === RESERVED_MINUTE_OF_DAY;
}

/**
 * The TID of an ordinary token asked for at this instant: its minute, or 00:02 for 00:01. Refuses
 * an instant outside the 24 bits of the base date.
 */
export function ordinaryTokenId(
  instant: Date,
  baseDate: BaseDate,
): Result<number, "token-id-out-of-range"> {
  return ordinaryTokenIdFrom(minutesSinceBase(instant, baseDate));
}

/**
 * The TID of the next token when the last one of this meter and key is known: the minute of now, or
 * the first free one after the last. Two tokens of one TID would make the meter refuse the second
 * as used. How far ahead of the clock a TID may run is the seller's rule, not the standard's.
 */
export function nextTokenId(input: {
  readonly nowMinutes: number;
  readonly lastTokenIdMinutes: number | null;
}): Result<number, "token-id-out-of-range"> {
  const { nowMinutes, lastTokenIdMinutes } = input;
  const firstFree = lastTokenIdMinutes === null ? nowMinutes : lastTokenIdMinutes + 1;
  return ordinaryTokenIdFrom(Math.max(nowMinutes, firstFree));
}

function ordinaryTokenIdFrom(minutes: number): Result<number, "token-id-out-of-range"> {
  const ordinary = isReservedMinute(minutes) ? minutes + 1 : minutes;
  return isTokenId(ordinary) ? ok(ordinary) : err("token-id-out-of-range");
}

/** The instant, in UTC, at which the minute of a TID begins. */
export function instantOfTokenId(tokenIdMinutes: number, baseDate: BaseDate): Date {
  assert(isTokenId(tokenIdMinutes), "a TID is 24 bits");
  return new Date(BASE_INSTANT_MS[baseDate] + tokenIdMinutes * MINUTE_MS);
}

/** IEC 62055-41 ed. 3, KEN: a key is expired for a TID whose top eight bits are above its KEN. */
export function isKeyExpired(tokenIdMinutes: number, keyExpiryNumber: number): boolean {
  return tokenIdMinutes > lastTokenIdOf(keyExpiryNumber);
}

/** The last TID a key may be used for. KEN 255 never expires: 16,777,215, the last TID of all. */
export function lastTokenIdOf(keyExpiryNumber: number): number {
  const isByte = Number.isInteger(keyExpiryNumber) && keyExpiryNumber >= 0 && keyExpiryNumber < 256;
  assert(isByte, "a key expiry number is 8 bits");
  return (keyExpiryNumber + 1) * 2 ** 16 - 1;
}
