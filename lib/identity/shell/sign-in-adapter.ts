import { PrismaAdapter } from "@next-auth/prisma-adapter";
import type { Adapter, AdapterUser } from "next-auth/adapters";
import { displayName } from "../core/display-name";
import { endSessionOf, findOpenSession } from "./sessions";
import { signInTables } from "./sign-in-tables";

/**
 * next-auth's Prisma adapter on the auth role's pool, with sessions of our own: tokens are stored
 * hashed, an end is not pushed back by use, and being idle ends a session too.
 */
export function signInAdapter(now: Date): Adapter {
  const inner = PrismaAdapter(signInTables() as unknown as Parameters<typeof PrismaAdapter>[0]);
  return {
    ...inner,
    async getSessionAndUser(sessionToken) {
      const found = await findOpenSession(sessionToken, now);
      if (!found) return null;
      const { user, userId, expires } = found;
      const named = { id: user.id, name: displayName(user), email: user.email ?? "" };
      const session = { sessionToken, userId, expires };
      return { user: { ...named, emailVerified: null } satisfies AdapterUser, session };
    },
    // Called to push a session's end back; ours stand.
    updateSession: async () => null,
    async deleteSession(sessionToken) {
      await endSessionOf(sessionToken);
    },
  };
}
