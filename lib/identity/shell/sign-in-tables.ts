import { authPool, prismaFor } from "@/lib/platform/databases";
import type { PrismaClient } from "@/lib/platform/prisma/client";

/**
 * Sign-in's tables, as the auth role: people, their credentials and sessions. This role sees no
 * organization's table, and no other role sees these.
 */
export function signInTables(): PrismaClient {
  return prismaFor(authPool());
}
