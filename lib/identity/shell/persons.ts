import { newId } from "@/lib/platform";
import { hashPassword } from "./password";
import { signInTables } from "./sign-in-tables";

/** Creates a person who signs in with e-mail and password, and gives the id. */
export async function createPerson(input: {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly now: Date;
}): Promise<string> {
  const id = newId();
  const passwordHash = await hashPassword(input.password);
  await signInTables().user.create({
    data: {
      id,
      name: input.name,
      email: input.email.toLowerCase(),
      createdAt: input.now,
      credential: { create: { passwordHash, changedAt: input.now } },
    },
  });
  return id;
}
