import { createHash, randomBytes } from "node:crypto";
import { listStaffSlugs } from "@/lib/access";
import type { RequestOrigin } from "@/lib/access/shared";
import { newId } from "@/lib/platform";
import {
  isSeenLongAgo,
  isSessionOpen,
  parseSessionKind,
  type SessionKind,
  sessionEnd,
} from "../core/session-limits";
import { type Cookies, sessionTokenIn } from "./session-cookie";
import { signInTables } from "./sign-in-tables";

const TOKEN_BYTES = 32;
const MOST_SHOWN = 50;
const LONGEST_ADDRESS = 64;
const LONGEST_USER_AGENT = 200;

/** A session's token is stored as its SHA-256, so that a stolen backup opens no session. */
const hashOf = (sessionToken: string) =>
  createHash("sha256").update(sessionToken, "utf8").digest("hex");

/** Staff by the directory at this moment; who becomes staff later signs in anew, or is rotated. */
export async function sessionKindOf(userId: string): Promise<SessionKind> {
  return (await listStaffSlugs(userId)).length > 0 ? "staff" : "resident";
}

export type NewSession = {
  readonly userId: string;
  readonly kind: SessionKind;
  readonly origin: RequestOrigin | null;
  /** When the person signed in: a rotated session ends when the one before would have. */
  readonly beganAt: Date;
  readonly now: Date;
};

/** Opens a session and gives its token, which is kept nowhere; clears away those at their end. */
export async function openSession(session: NewSession): Promise<string> {
  const { userId, kind, origin, beganAt, now } = session;
  const sessionToken = randomBytes(TOKEN_BYTES).toString("base64url");
  const db = signInTables();
  await db.session.deleteMany({ where: { userId, expires: { lte: now } } });
  await db.session.create({
    data: {
      sessionToken: hashOf(sessionToken),
      id: newId(),
      userId,
      kind,
      createdAt: beganAt,
      lastSeenAt: now,
      expires: sessionEnd(kind, beganAt),
      address: (origin?.address ?? "").slice(0, LONGEST_ADDRESS),
      userAgent: (origin?.userAgent ?? "").slice(0, LONGEST_USER_AGENT),
    },
  });
  return sessionToken;
}

const WHOSE = {
  id: true,
  userId: true,
  kind: true,
  createdAt: true,
  lastSeenAt: true,
  expires: true,
  address: true,
  userAgent: true,
  user: { select: { id: true, name: true, email: true, phone: true } },
} as const;

/**
 * The open session of a token, with whose it is; null where there is none, or where it was idle too
 * long or is at its end. That it was seen is written down, at most once a minute.
 */
export async function findOpenSession(sessionToken: string, now: Date) {
  const db = signInTables();
  const where = { sessionToken: hashOf(sessionToken) };
  const found = await db.session.findUnique({ where, select: WHOSE });
  const kind = parseSessionKind(found?.kind ?? "");
  if (!found || !kind || !isSessionOpen({ ...found, kind }, now)) return null;
  if (isSeenLongAgo(found.lastSeenAt, now)) {
    // Not brought back when it has been ended meanwhile, nor taken back by a slower request.
    const older = { ...where, lastSeenAt: { lt: now } };
    await db.session.updateMany({ where: older, data: { lastSeenAt: now } });
  }
  return found;
}

/** Ends the session of a token; false for a token that opens none, or none any more. */
export async function endSessionOf(sessionToken: string): Promise<boolean> {
  const where = { sessionToken: hashOf(sessionToken) };
  return (await signInTables().session.deleteMany({ where })).count > 0;
}

/**
 * Ends every session of a person, or every one but that of these cookies: from the next request on
 * they have to sign in again. Gives how many were ended.
 */
export async function endSessions(
  userId: string,
  { exceptCookies }: { readonly exceptCookies?: Cookies } = {},
): Promise<number> {
  const kept = exceptCookies && sessionTokenIn(exceptCookies);
  const others = kept ? { sessionToken: { not: hashOf(kept) } } : {};
  return (await signInTables().session.deleteMany({ where: { userId, ...others } })).count;
}

/** Ends one session of a person, by its id; false for one that is not theirs or has ended. */
export async function endSession(userId: string, sessionId: string): Promise<boolean> {
  const ended = await signInTables().session.deleteMany({ where: { userId, id: sessionId } });
  return ended.count > 0;
}

export type SessionView = {
  readonly sessionId: string;
  readonly signedInAt: Date;
  readonly lastSeenAt: Date;
  readonly address: string;
  readonly userAgent: string;
  /** The one of the cookies that were given. */
  readonly isThis: boolean;
};

/** A person's open sessions, the one in use first, then by when they were last seen. */
export async function listSessions(
  userId: string,
  cookies: Cookies,
  now: Date,
): Promise<readonly SessionView[]> {
  const rows = await signInTables().session.findMany({
    where: { userId, expires: { gt: now } },
    select: { ...WHOSE, sessionToken: true, user: false },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
    take: MOST_SHOWN,
  });
  const current = hashOf(sessionTokenIn(cookies) ?? "");
  const views = rows.flatMap(({ id, kind: word, sessionToken, createdAt, ...row }) => {
    const kind = parseSessionKind(word);
    if (!kind || !isSessionOpen({ ...row, kind }, now)) return [];
    const { lastSeenAt, address, userAgent } = row;
    const isThis = sessionToken === current;
    return [{ sessionId: id, signedInAt: createdAt, lastSeenAt, address, userAgent, isThis }];
  });
  return views.toSorted((a, b) => Number(b.isThis) - Number(a.isThis));
}
