import { randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import type { Contact } from "@/lib/access/shared";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { isId, newId, webEnv } from "@/lib/platform";
import {
  CHALLENGE_KEPT_MS,
  CHALLENGE_MS,
  codeHash,
  codeOf,
  HOUR_MS,
  isLinkSecret,
  linkHash,
  MOST_CHALLENGES_AN_HOUR,
  MOST_WRONG_CODES,
  parseCode,
} from "../core/challenge";
import type { ChallengeError, SendCodeError } from "../errors";
import { identifyByContact } from "./identify";
import { signInTables } from "./sign-in-tables";

const LINK_BYTES = 16;
const CODES = 1_000_000;
// Who asks again and again waits for the own lock, and not for an error.
const PATIENCE = { maxWait: 5_000, timeout: 15_000 } as const;
const CLOSED = { code: "challenge-closed" } as const;

export type OpenedChallenge = {
  readonly challengeId: string;
  /** Both go to the person and are kept nowhere. */
  readonly code: string;
  readonly linkSecret: string;
};

/**
 * Makes a code and a link for an e-mail or phone, whether or not anybody is known by it; those of
 * before end. Refused at the sixth within an hour.
 */
export async function openChallenge(
  contact: Contact,
  now: Date,
): Promise<Result<OpenedChallenge, SendCodeError>> {
  const challengeId = newId();
  const code = codeOf(randomInt(CODES));
  const linkSecret = randomBytes(LINK_BYTES).toString("base64url");
  return signInTables().$transaction(async (db) => {
    const mine = { contactKind: contact.kind, contact: contact.value };
    // One at a time for a contact, or several at once would all be the fifth.
    await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${contact.value}, 0))`;
    const anHourAgo = new Date(now.getTime() - HOUR_MS);
    const recent = await db.signInChallenge.count({
      where: { ...mine, createdAt: { gt: anHourAgo } },
    });
    if (recent >= MOST_CHALLENGES_AN_HOUR) return err({ code: "too-many-codes" });
    await db.signInChallenge.updateMany({
      where: { ...mine, endedAt: null },
      data: { endedAt: now },
    });
    await db.signInChallenge.create({
      data: {
        id: challengeId,
        ...mine,
        codeHash: bytes(codeHash(webEnv().NEXTAUTH_SECRET, challengeId, code)),
        linkHash: bytes(linkHash(linkSecret)),
        createdAt: now,
        expiresAt: new Date(now.getTime() + CHALLENGE_MS),
      },
    });
    return ok({ challengeId, code, linkSecret });
  }, PATIENCE);
}

/** Forgets who asked for codes long ago. */
export async function forgetChallenges(now: Date): Promise<void> {
  const before = new Date(now.getTime() - CHALLENGE_KEPT_MS);
  await signInTables().signInChallenge.deleteMany({ where: { createdAt: { lt: before } } });
}

/** The e-mail or phone that a code was sent to, for the page that takes it; null when closed. */
export async function findChallengeContact(
  challengeId: string,
  now: Date,
): Promise<Contact | null> {
  if (!isId(challengeId)) return null;
  const found = await signInTables().signInChallenge.findFirst({
    where: { id: challengeId, ...openAt(now) },
    select: { contactKind: true, contact: true },
  });
  return found && contactOf(found);
}

/**
 * Uses a code: gives who has proved that the contact is theirs, made a person where there was none.
 * A try is counted before it is compared, so that many at once are counted too.
 */
export async function signInByCode(
  typed: { readonly challengeId: string; readonly code: string },
  now: Date,
): Promise<Result<string, ChallengeError>> {
  const { challengeId } = typed;
  if (!isId(challengeId)) return err(CLOSED);
  const [tried] = await signInTables().signInChallenge.updateManyAndReturn({
    where: { id: challengeId, ...openAt(now) },
    data: { attempts: { increment: 1 } },
    select: { codeHash: true, attempts: true, contactKind: true, contact: true },
  });
  if (!tried) return err(CLOSED);
  const wrong = { code: "wrong-code", triesLeft: MOST_WRONG_CODES - tried.attempts } as const;
  const given = codeHash(webEnv().NEXTAUTH_SECRET, challengeId, parseCode(typed.code) ?? "");
  if (!timingSafeEqual(given, tried.codeHash)) return err(wrong);
  if (!(await endChallenge(challengeId, now))) return err(CLOSED);
  // Nothing was sent to a contact that nobody is known by: a lucky guess at it opens nothing.
  const userId = await identifyByContact(contactOf(tried), now);
  return userId === null ? err(CLOSED) : ok(userId);
}

/**
 * The e-mail that a link signs in, for the page that offers it; null when it is closed. Uses
 * nothing up: mail programs open links before people do.
 */
export async function findLinkContact(linkSecret: string, now: Date): Promise<Contact | null> {
  const found = await findByLink(linkSecret, now);
  return found && contactOf(found);
}

/** Uses an e-mailed link, in whichever browser it is opened; otherwise like a code. */
export async function signInByLink(
  linkSecret: string,
  now: Date,
): Promise<Result<string, ChallengeError>> {
  const found = await findByLink(linkSecret, now);
  if (!found || !(await endChallenge(found.id, now))) return err(CLOSED);
  const userId = await identifyByContact(contactOf(found), now);
  return userId === null ? err(CLOSED) : ok(userId);
}

async function findByLink(linkSecret: string, now: Date) {
  if (!isLinkSecret(linkSecret)) return null;
  return signInTables().signInChallenge.findFirst({
    // A link goes by e-mail alone, and guesses at the code do not close it.
    where: {
      linkHash: bytes(linkHash(linkSecret)),
      contactKind: "email",
      endedAt: null,
      expiresAt: { gt: now },
    },
    select: { id: true, contactKind: true, contact: true },
  });
}

/** True for one caller alone: a challenge is used once, also when two come at once. */
async function endChallenge(id: string, now: Date): Promise<boolean> {
  const ended = await signInTables().signInChallenge.updateMany({
    where: { id, endedAt: null },
    data: { endedAt: now },
  });
  return ended.count === 1;
}

const openAt = (now: Date) => ({
  endedAt: null,
  expiresAt: { gt: now },
  attempts: { lt: MOST_WRONG_CODES },
});

function contactOf(row: { readonly contactKind: string; readonly contact: string }): Contact {
  const { contactKind: kind, contact: value } = row;
  assert(kind === "email" || kind === "phone", "a contact is an e-mail or a phone");
  return { kind, value };
}

const bytes = (buffer: Buffer) => new Uint8Array(buffer);
