import type { RequestOrigin } from "@/lib/access/shared";
import { systemClock } from "@/lib/platform";
import { findByPassword } from "./find-by-password";
import { closeByNextAuth, openByNextAuth, readByNextAuth } from "./next-auth";
import { type Cookies, sessionTokenIn } from "./session-cookie";
import { endSessionOf, findOpenSession, sessionKindOf } from "./sessions";

export type SignedIn = { readonly userId: string; readonly name: string };

/** What a sign-in is done with, beside who. */
export type SignInOptions = {
  /** The cookies of the request: a session in them ends, so that nobody can plant one. */
  readonly former?: Cookies;
  readonly now?: Date;
};

/**
 * Opens a session for somebody whom our own code has just identified; gives its Set-Cookie lines.
 */
export async function signInAs(
  userId: string,
  origin: RequestOrigin | null,
  { former = {}, now = systemClock.now() }: SignInOptions = {},
): Promise<readonly string[]> {
  const formerToken = sessionTokenIn(former);
  if (formerToken) await endSessionOf(formerToken);
  const kind = await sessionKindOf(userId);
  return openByNextAuth({ userId, kind, origin, beganAt: now }, now);
}

/**
 * Set-Cookie lines for a good password, null for any other pair of words, and for every pair while
 * too many wrong ones were tried. `email` may be a phone as well.
 */
export async function signIn(
  form: { readonly email: string; readonly password: string },
  origin: RequestOrigin | null = null,
  signInOptions: SignInOptions = {},
): Promise<readonly string[] | null> {
  const now = signInOptions.now ?? systemClock.now();
  const userId = await findByPassword(form, now);
  return userId === null ? null : signInAs(userId, origin, { ...signInOptions, now });
}

/** Ends the session in these cookies, in the database too; gives the lines that clear it. */
export function signOut(cookies: Cookies): Promise<readonly string[]> {
  return closeByNextAuth(cookies, systemClock.now());
}

/** Who is signed in with these cookies; null for nobody, or for a session that has ended. */
export async function findSignedIn(
  cookies: Cookies,
  now: Date = systemClock.now(),
): Promise<SignedIn | null> {
  const user = await readByNextAuth(cookies, now);
  return user?.id ? { userId: user.id, name: user.name ?? "" } : null;
}

/**
 * Gives the session in these cookies a new token, when the password or what the person may do has
 * changed: a copy of the old one opens nothing any more. Its end stays where it was, or comes
 * nearer for who has become staff. Gives the Set-Cookie lines; none where nobody is signed in.
 */
export async function rotateSession(
  cookies: Cookies,
  now: Date = systemClock.now(),
): Promise<readonly string[]> {
  const sessionToken = sessionTokenIn(cookies);
  const found = sessionToken ? await findOpenSession(sessionToken, now) : null;
  if (!sessionToken || !found) return [];
  // Revoked since it was looked up: it does not come back under another token.
  if (!(await endSessionOf(sessionToken))) return [];
  const { userId, createdAt: beganAt, address, userAgent } = found;
  const kind = await sessionKindOf(userId);
  return openByNextAuth({ userId, kind, origin: { address, userAgent }, beganAt }, now);
}
