import { parseContact } from "@/lib/access/shared";
import {
  LONGEST_PASSWORD,
  MOST_PASSWORD_TRIES,
  PASSWORD_REFUSED_MS,
  PASSWORD_TRIES_MS,
} from "../core/password-limits";
import { isPassword } from "./password";
import { signInTables } from "./sign-in-tables";

type Tried = { readonly userId: string; readonly passwordHash: string };

/**
 * Whose e-mail or phone and password these are; null for any other pair, and for every pair while
 * the person's passwords are refused. It takes as long in each case.
 */
export async function findByPassword(
  typed: { readonly email: string; readonly password: string },
  now: Date,
): Promise<string | null> {
  const { password } = typed;
  if (password === "" || password.length > LONGEST_PASSWORD) return null;
  const contact = parseContact(typed.email);
  const tried = contact.ok ? await takeTry(contact.value.value, now) : null;
  const isRight = await isPassword(tried?.passwordHash ?? null, password);
  if (!isRight || !tried) return null;
  await forgetTries(tried.userId);
  return tried.userId;
}

/**
 * Whether this is a person's present password, asked of somebody signed in. Counted like those of a
 * sign-in: a session left open is no place to guess.
 */
export async function isPasswordOf(userId: string, password: string, now: Date): Promise<boolean> {
  const db = signInTables();
  const user = await db.user.findUnique({ where: { id: userId } });
  const found = await findByPassword({ email: user?.email ?? user?.phone ?? "", password }, now);
  return found === userId;
}

/**
 * Counts a try before anything is compared, in one statement, so that many at once are counted too.
 * Null for nobody, and where passwords are refused for a while. A count that a power cut loses does
 * no harm, and not waiting for the disk makes a known person take as long as an unknown one.
 */
async function takeTry(contact: string, now: Date): Promise<Tried | null> {
  const windowStart = new Date(now.getTime() - PASSWORD_TRIES_MS);
  const refusedUntil = new Date(now.getTime() + PASSWORD_REFUSED_MS);
  const db = signInTables();
  const [, rows] = await db.$transaction([
    db.$executeRaw`SET LOCAL synchronous_commit = off`,
    db.$queryRaw<Tried[]>`
      UPDATE password_credential c
         SET tries = CASE WHEN tries_since > ${windowStart} THEN tries + 1 ELSE 1 END,
             tries_since = CASE WHEN tries_since > ${windowStart} THEN tries_since
                           ELSE ${now}::timestamptz END,
             refused_until = CASE WHEN tries_since > ${windowStart}
               AND tries + 1 >= ${MOST_PASSWORD_TRIES} THEN ${refusedUntil}::timestamptz END
        FROM app_user u
       WHERE u.id = c.user_id AND (u.email = ${contact} OR u.phone = ${contact})
         AND (c.refused_until IS NULL OR c.refused_until <= ${now})
      RETURNING c.user_id AS "userId", c.password_hash AS "passwordHash"`,
  ]);
  return rows[0] ?? null;
}

async function forgetTries(userId: string): Promise<void> {
  await signInTables().passwordCredential.updateMany({
    where: { userId },
    data: { tries: 0, triesSince: null, refusedUntil: null },
  });
}
