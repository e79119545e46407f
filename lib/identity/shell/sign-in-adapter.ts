import { createHash } from "node:crypto";
import { PrismaAdapter } from "@next-auth/prisma-adapter";
import type { Adapter } from "next-auth/adapters";
import { signInTables } from "./sign-in-tables";

/** A session's token is stored as its SHA-256, so that a stolen backup opens no session. */
export function hashOfSessionToken(sessionToken: string): string {
  return createHash("sha256").update(sessionToken, "utf8").digest("hex");
}

/** next-auth's Prisma adapter on the auth role's pool, with session tokens hashed on the way in. */
export function signInAdapter(): Adapter {
  const inner = PrismaAdapter(signInTables() as unknown as Parameters<typeof PrismaAdapter>[0]);
  return {
    ...inner,
    async createSession(session) {
      await inner.createSession?.({
        ...session,
        sessionToken: hashOfSessionToken(session.sessionToken),
      });
      return session;
    },
    async getSessionAndUser(sessionToken) {
      const found = await inner.getSessionAndUser?.(hashOfSessionToken(sessionToken));
      return found ? { user: found.user, session: { ...found.session, sessionToken } } : null;
    },
    async updateSession(session) {
      await inner.updateSession?.({
        ...session,
        sessionToken: hashOfSessionToken(session.sessionToken),
      });
      return null;
    },
    async deleteSession(sessionToken) {
      await signInTables().session.deleteMany({
        where: { sessionToken: hashOfSessionToken(sessionToken) },
      });
    },
  };
}
