import { expect, test } from "vitest";
import { ISSUE_REFUSALS } from "../errors";
import { type RefusalQuestion, refusalOf } from "./refusal";
import type { Reservation } from "./reservation";

const NOW = new Date("2026-06-01T08:30:00Z");
const justAfter = new Date(NOW.getTime() + 1);

const reservation: Reservation = {
  meterNumber: "01000451276",
  encryptionAlgorithm: 11,
  tariffIndex: 1,
  subclass: 0,
  tokenIdMinutes: 6_527_070,
  randomNibble: 5,
  amountUnits: 204,
  supplyGroupCode: "100047",
  keyRevisionNumber: 1,
  keyType: 2,
  baseDateYear: 2014,
};
const key = {
  isPractice: false,
  activeFrom: NOW,
  issueUntil: justAfter,
  keyExpiryNumber: 255,
  derivation: 4,
  allowedSubclasses: [0, 4],
};
const good: RefusalQuestion = {
  reservation,
  key,
  mode: "production",
  now: NOW,
  isTokenIdUsed: false,
};
const withReservation = (change: Partial<Reservation>): RefusalQuestion => ({
  ...good,
  reservation: { ...reservation, ...change },
});
const withKey = (change: Partial<RefusalQuestion["key"]>): RefusalQuestion => ({
  ...good,
  key: { ...key, ...change },
});

test("a reservation that keeps every rule is not refused", () => {
  expect(refusalOf(good)).toBeNull();
  expect(refusalOf({ ...withKey({ isPractice: true }), mode: "practice" })).toBeNull();
  expect(refusalOf(withKey({ issueUntil: null }))).toBeNull();
});

const CASES = [
  ["practice-key-in-production", withKey({ isPractice: true })],
  ["key-not-active-yet", withKey({ activeFrom: justAfter })],
  ["key-no-longer-issues", withKey({ issueUntil: NOW })],
  ["key-expired", withKey({ keyExpiryNumber: 98 })],
  ["key-type-carries-no-credit", withReservation({ keyType: 0 })],
  ["key-type-carries-no-credit", withReservation({ keyType: 1 })],
  ["key-type-carries-no-credit", withReservation({ keyType: 3 })],
  ["key-derivation-not-served", withKey({ derivation: 2 })],
  ["encryption-algorithm-not-served", withReservation({ encryptionAlgorithm: 7 })],
  ["subclass-not-served", withReservation({ subclass: 4 })],
  ["subclass-not-allowed", withReservation({ subclass: 1 })],
  ["subclass-not-allowed", withKey({ allowedSubclasses: [] })],
  ["meter-number-wrong", withReservation({ meterNumber: "01000451270" })],
  ["token-id-reserved", withReservation({ tokenIdMinutes: 1440 * 4_000 + 1 })],
  ["token-id-used", { ...good, isTokenIdUsed: true }],
] as const;

test.each(CASES)("refuses: %s (case %#)", (refusal, question) => {
  expect(refusalOf(question)).toBe(refusal);
});

test("a key is good for the last TID of its expiry number, and not for the next", () => {
  const last = 100 * 65_536 - 1;
  const under = (tokenIdMinutes: number) =>
    refusalOf({
      ...withReservation({ tokenIdMinutes }),
      key: { ...key, keyExpiryNumber: 99 },
    });
  expect([under(last), under(last + 1)]).toEqual([null, "key-expired"]);
});

test("every refusal has a case", () => {
  const covered = new Set<string>(CASES.map(([refusal]) => refusal));
  // What a key has left is counted over a batch: credit-left.test.ts and credit-limit.db.test.ts.
  covered.add("credit-limit-spent");
  expect(ISSUE_REFUSALS.filter((refusal) => !covered.has(refusal))).toEqual([]);
});
