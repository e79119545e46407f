import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { displayName } from "../core/display-name";
import { hashPassword } from "./password";
import { signInTables } from "./sign-in-tables";

export type Person = {
  readonly userId: string;
  /** What to call them; the e-mail or phone of who has given no name. */
  readonly name: string;
  readonly email: string | null;
};

const MOST_PERSONS = 500;
const SHOWN = { id: true, name: true, email: true, phone: true } as const;

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
    select: SHOWN,
  });
  return new Map(found.map((row) => [row.id, personOf(row)]));
}

/** The person who signs in with an e-mail; null for nobody. */
export async function findPersonByEmail(email: string): Promise<Person | null> {
  const found = await signInTables().user.findUnique({
    where: { email: email.trim().toLowerCase() },
    select: SHOWN,
  });
  return found && personOf(found);
}

function personOf(row: {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}): Person {
  return { userId: row.id, name: displayName(row), email: row.email };
}

/**
 * Creates a person who signs in with e-mail or phone, and gives the id. Without a password only a
 * code lets them in. An e-mail or phone that was typed and not proved (`isContactProved`) is proved
 * by the first code sent there; who proves it does not keep a password that somebody else may have
 * chosen. Throws for an e-mail or phone that is another's.
 */
export async function createPerson(input: {
  readonly name: string;
  readonly email: string | null;
  readonly phone?: string;
  readonly password?: string;
  readonly isContactProved?: boolean;
  readonly now: Date;
}): Promise<string> {
  const { name, email, phone, password, isContactProved = false, now } = input;
  assert(email !== null || phone !== undefined, "a person can be reached");
  const passwordHash = password === undefined ? null : await hashPassword(password);
  const provedAt = isContactProved ? now : null;
  const id = newId();
  await signInTables().user.create({
    data: {
      id,
      name,
      email: email?.toLowerCase() ?? null,
      emailVerified: email === null ? null : provedAt,
      phone: phone ?? null,
      phoneVerified: phone === undefined ? null : provedAt,
      createdAt: now,
      ...(passwordHash && { credential: { create: { passwordHash, changedAt: now } } }),
    },
  });
  return id;
}
