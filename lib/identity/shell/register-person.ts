import { err, ok, type Result } from "@/lib/kernel";
import { Prisma } from "@/lib/platform/prisma/client";
import { createPerson } from "./persons";

const UNIQUE_VIOLATION = "P2002";

/**
 * Creates a person who has just typed an e-mail or phone and a password, and gives the id. Refused
 * where somebody has that contact already, also when both arrive at the same moment.
 */
export async function registerPerson(
  input: Parameters<typeof createPerson>[0],
): Promise<Result<string, "contact-taken">> {
  try {
    return ok(await createPerson(input));
  } catch (error) {
    const isKnown = error instanceof Prisma.PrismaClientKnownRequestError;
    if (isKnown && error.code === UNIQUE_VIOLATION) return err("contact-taken");
    throw error;
  }
}
