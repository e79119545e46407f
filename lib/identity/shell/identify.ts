import { holdLeasesByContact, isContactOfLease } from "@/lib/access";
import type { Contact } from "@/lib/access/shared";
import { newId } from "@/lib/platform";
import { signInTables } from "./sign-in-tables";

/** Whether anybody could sign in by a contact: a person's, or one that stands on a lease. */
export async function isKnownContact(contact: Contact): Promise<boolean> {
  return (await findByContact(contact)) !== null || (await isContactOfLease(contact));
}

/**
 * The person whose proven contact this is, made where it stands on a lease and nobody has it yet,
 * and let into the leases it stands on. Null for a contact that nobody is known by.
 */
export async function identifyByContact(contact: Contact, now: Date): Promise<string | null> {
  if (!(await isKnownContact(contact))) return null;
  const userId = (await findByContact(contact))?.id ?? (await makePerson(contact, now));
  await markProved(userId, contact, now);
  await holdLeasesByContact({ userId, contact }, now);
  return userId;
}

const columnOf = ({ kind, value }: Contact) =>
  kind === "email" ? { email: value } : { phone: value };

function findByContact(contact: Contact) {
  const where = columnOf(contact) as { email: string };
  return signInTables().user.findUnique({ where, select: { id: true } });
}

/** Two at once make one: the second reads who is there. */
async function makePerson(contact: Contact, now: Date): Promise<string> {
  const data = [{ id: newId(), name: "", ...columnOf(contact), createdAt: now }];
  await signInTables().user.createMany({ data, skipDuplicates: true });
  const made = await signInTables().user.findUniqueOrThrow({
    where: columnOf(contact) as { email: string },
    select: { id: true },
  });
  return made.id;
}

/**
 * Writes down that the contact was proved. At the first time a password and sessions of before go:
 * whoever made the account had not shown that the contact was theirs, and would otherwise share the
 * account of the person who just has.
 */
async function markProved(userId: string, { kind }: Contact, now: Date): Promise<void> {
  await signInTables().$transaction(async (db) => {
    const proved =
      kind === "email"
        ? await db.user.updateMany({
            where: { id: userId, emailVerified: null },
            data: { emailVerified: now },
          })
        : await db.user.updateMany({
            where: { id: userId, phoneVerified: null },
            data: { phoneVerified: now },
          });
    if (proved.count === 0) return;
    await db.session.deleteMany({ where: { userId } });
    await db.passwordCredential.deleteMany({ where: { userId } });
  });
}
