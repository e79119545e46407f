import { randomBytes } from "node:crypto";
import { addStaff } from "@/lib/access";
import type { MembershipRole } from "@/lib/access/shared";
import { createPerson } from "@/lib/identity";
import { assert } from "@/lib/kernel";

export type SignIn = {
  readonly who: string;
  readonly email: string;
  readonly password: string;
};

export type Person = SignIn & { readonly name: string; readonly userId: string };

const PEOPLE = [
  ["landlord", "Wanjiku Maina", "landlord@acacia.example"],
  ["caretaker", "Peter Mwaura", "caretaker@acacia.example"],
  ["dormitory officer", "Hala Zu'bi", "dormitory@acacia.example"],
  ["resident", "Joyce Chebet", "resident@acacia.example"],
  ["student", "رنا الحسن", "student@acacia.example"],
] as const;

type Who = (typeof PEOPLE)[number][0];

/** Those who sign in to the demo, each with a password of this installation's own. */
export async function createPeople(now: Date): Promise<ReadonlyMap<Who, Person>> {
  const people = PEOPLE.map(async ([who, name, email]): Promise<[Who, Person]> => {
    const password = `practice-${randomBytes(4).toString("hex")}`;
    const userId = await createPerson({ name, email, password, isContactProved: true, now });
    return [who, { who, name, email, password, userId }];
  });
  return new Map(await Promise.all(people));
}

export function personOf(people: ReadonlyMap<Who, Person>, who: Who): Person {
  const person = people.get(who);
  assert(person, "everybody of the demo was created");
  return person;
}

export function employ(
  organizationId: string,
  person: Person,
  staff: {
    readonly role: MembershipRole;
    readonly slug: string;
    readonly now: Date;
    readonly buildingIds?: readonly string[];
  },
): Promise<void> {
  return addStaff(organizationId, { userId: person.userId, ...staff });
}
