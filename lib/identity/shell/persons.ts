import { newId } from "@/lib/platform";
import { hashPassword } from "./password";
import { signInTables } from "./sign-in-tables";

export type Person = {
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
};

const MOST_PERSONS = 500;

/**
 * People by id, for a page of an organization that they belong to or acted in. Whoever asks has
 * taken the ids from that organization's own rows: a name is no secret among colleagues.
 */
export async function findPersons(
  userIds: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  if (userIds.length === 0) return new Map();
  const found = await signInTables().user.findMany({
    where: { id: { in: [...new Set(userIds)].slice(0, MOST_PERSONS) } },
    select: { id: true, name: true, email: true },
  });
  return new Map(found.map(({ id, name, email }) => [id, { userId: id, name: name ?? "", email }]));
}

/** The person who signs in with an e-mail; null for nobody. */
export async function findPersonByEmail(email: string): Promise<Person | null> {
  const found = await signInTables().user.findUnique({
    where: { email: email.trim().toLowerCase() },
    select: { id: true, name: true, email: true },
  });
  return found && { userId: found.id, name: found.name ?? "", email: found.email };
}

/** Ends every session of a person: from the next request on they have to sign in again. */
export async function endSessions(userId: string): Promise<void> {
  await signInTables().session.deleteMany({ where: { userId } });
}

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
