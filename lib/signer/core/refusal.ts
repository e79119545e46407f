import { isKeyExpired, isReservedMinute, parseMeterNumber } from "@/lib/sts";
import type { IssueRefusal } from "../errors";
import type { Reservation } from "./reservation";

/** What the Key Management Centre says of a vending key, and whether it is a key at all. */
export type KeyAttributes = {
  readonly isPractice: boolean;
  readonly activeFrom: Date;
  /** The first instant at which nothing is issued any more; null for a key without such a day. */
  readonly issueUntil: Date | null;
  readonly keyExpiryNumber: number;
  readonly derivation: number;
  /** Of class 0: what the Key Management Centre lets the key carry. */
  readonly allowedSubclasses: readonly number[];
};

export type RefusalQuestion = {
  readonly reservation: Reservation;
  readonly key: KeyAttributes;
  readonly mode: "practice" | "production";
  readonly now: Date;
  /** Whether the journal has a token of another set for this meter, key and TID. */
  readonly isTokenIdUsed: boolean;
};

const UNIQUE_KEY = 2;
const DKGA04 = 4;
const MISTY1 = 11;
const ELECTRICITY = 0;

/**
 * Why no token is made of a reservation, or null. The web has checked most of this before it
 * reserved; the signer does not believe it, for it is the last one who can say no.
 */
export function refusalOf(question: RefusalQuestion): IssueRefusal | null {
  const { reservation, key, mode, now } = question;
  if (key.isPractice && mode !== "practice") return "practice-key-in-production";
  if (now < key.activeFrom) return "key-not-active-yet";
  if (key.issueUntil !== null && now >= key.issueUntil) return "key-no-longer-issues";
  if (isKeyExpired(reservation.tokenIdMinutes, key.keyExpiryNumber)) return "key-expired";
  return refusalOfContent(reservation, key) ?? (question.isTokenIdUsed ? "token-id-used" : null);
}

/** What this signer does not make yet, or never: DUTK alone carries credit on a keypad. */
function refusalOfContent(reservation: Reservation, key: KeyAttributes): IssueRefusal | null {
  if (reservation.keyType !== UNIQUE_KEY) return "key-type-carries-no-credit";
  if (key.derivation !== DKGA04) return "key-derivation-not-served";
  if (reservation.encryptionAlgorithm !== MISTY1) return "encryption-algorithm-not-served";
  if (!key.allowedSubclasses.includes(reservation.subclass)) return "subclass-not-allowed";
  if (reservation.subclass !== ELECTRICITY) return "subclass-not-served";
  if (!parseMeterNumber(reservation.meterNumber).ok) return "meter-number-wrong";
  if (isReservedMinute(reservation.tokenIdMinutes)) return "token-id-reserved";
  return null;
}
