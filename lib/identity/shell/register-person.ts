import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel";
import { createPerson } from "./persons";

/** Prisma's word for a unique index that refused: the e-mail's or the phone's. */
const isTaken = z.object({ code: z.literal("P2002") });

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
    if (isTaken.safeParse(error).success) return err("contact-taken");
    throw error;
  }
}
