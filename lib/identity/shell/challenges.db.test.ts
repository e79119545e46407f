import { randomInt } from "node:crypto";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { inScope, listResidentScopes, setLeaseContacts } from "@/lib/access";
import type { Contact } from "@/lib/access/shared";
import { newId, systemClock, testEnv } from "@/lib/platform";
import { makeFlat } from "@/prisma/seed/flat";
import {
  findChallengeContact,
  findLinkContact,
  forgetChallenges,
  type OpenedChallenge,
  openChallenge,
  signInByCode,
  signInByLink,
} from "./challenges";
import { isKnownContact } from "./identify";
import { createPerson, findPersons } from "./persons";
import { listSessions } from "./sessions";
import { findSignedIn, signIn, signInAs } from "./sign-in";
import { signInTables } from "./sign-in-tables";

const now = systemClock.now();
const at = (ms: number) => new Date(now.getTime() + ms);
const MINUTE = 60_000;
const CLOSED = { ok: false, error: { code: "challenge-closed" } };
const NOBODYS = "01900000-0000-7000-8000-000000000000";

const email = (): Contact => ({ kind: "email", value: `${newId()}@example.org` });
const phone = (): Contact => ({
  kind: "phone",
  value: `+2547${String(randomInt(1e9)).padStart(9, "0")}`,
});

async function open(contact: Contact, when = now): Promise<OpenedChallenge> {
  const opened = await openChallenge(contact, when);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

/** Somebody known by an e-mail or phone, who has just asked for a code. */
async function asked(contact = email()) {
  const { kind, value } = contact;
  const ways = kind === "email" ? { email: value } : { email: null, phone: value };
  const userId = await createPerson({ name: "Amina", ...ways, isContactProved: true, now });
  return { contact, userId, ...(await open(contact)) };
}

const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

describe("a code", () => {
  it("signs in who was sent it, by e-mail and by phone, however it is spaced", async () => {
    for (const contact of [email(), phone()]) {
      const { userId, challengeId, code } = await asked(contact);
      const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
      expect(await findChallengeContact(challengeId, now)).toEqual(contact);
      expect(await signInByCode({ challengeId, code: spaced }, now)).toEqual({
        ok: true,
        value: userId,
      });
    }
  });

  it("works once, also when it comes five times at once", async () => {
    const { challengeId, code } = await asked();
    const many = Array.from({ length: 5 }, () => signInByCode({ challengeId, code }, now));
    expect((await Promise.all(many)).filter(({ ok }) => ok)).toHaveLength(1);
    expect(await signInByCode({ challengeId, code }, now)).toEqual(CLOSED);
  });

  it("works for ten minutes", async () => {
    const { challengeId, code } = await asked();
    expect(await findChallengeContact(challengeId, at(10 * MINUTE))).toBeNull();
    expect(await signInByCode({ challengeId, code }, at(10 * MINUTE))).toEqual(CLOSED);
    expect((await signInByCode({ challengeId, code }, at(10 * MINUTE - 1))).ok).toBe(true);
  });

  it("of another challenge is a wrong one", async () => {
    const [one, other] = [await asked(), await asked()];
    const crossed = { challengeId: one.challengeId, code: other.code };
    // One in a million pairs is equal.
    if (one.code === other.code) return;
    expect(await signInByCode(crossed, now)).toEqual({
      ok: false,
      error: { code: "wrong-code", triesLeft: 4 },
    });
  });

  it("ends when a newer one is asked for", async () => {
    const { contact, challengeId, code, linkSecret } = await asked();
    const newer = await open(contact);
    expect(await signInByCode({ challengeId, code }, now)).toEqual(CLOSED);
    expect(await signInByLink(linkSecret, now)).toEqual(CLOSED);
    expect((await signInByCode(newer, now)).ok).toBe(true);
  });

  it("is refused after five wrong ones, the right one too", async () => {
    const { challengeId, code } = await asked();
    const wrong = { challengeId, code: wrongOf(code) };
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      expect(await signInByCode(wrong, now)).toEqual({
        ok: false,
        error: { code: "wrong-code", triesLeft },
      });
    }
    expect(await signInByCode({ challengeId, code }, now)).toEqual(CLOSED);
    expect(await findChallengeContact(challengeId, now)).toBeNull();
  });

  it("is refused after five wrong ones at once: no more than five are compared", async () => {
    const { challengeId, code } = await asked();
    const tries = Array.from({ length: 20 }, () =>
      signInByCode({ challengeId, code: wrongOf(code) }, now),
    );
    const answers = await Promise.all(tries);
    const compared = answers.filter((answer) => !answer.ok && answer.error.code === "wrong-code");
    expect(compared).toHaveLength(5);
    expect(await signInByCode({ challengeId, code }, now)).toEqual(CLOSED);
  });

  it.each(["", "x", NOBODYS, "1".repeat(10_000), "' or 1=1 --"])(
    "of no challenge, %j, opens nothing",
    async (challengeId) => {
      expect(await signInByCode({ challengeId, code: "123456" }, now)).toEqual(CLOSED);
      expect(await findChallengeContact(challengeId, now)).toBeNull();
    },
  );

  it.each(["", "12345", "1".repeat(10_000), "123456\u0000"])(
    "that is none, %j, is a wrong one",
    async (code) => {
      const { challengeId } = await asked();
      expect(await signInByCode({ challengeId, code }, now)).toMatchObject({
        ok: false,
        error: { code: "wrong-code" },
      });
    },
  );

  it("is made for somebody unknown too, and guessed right it opens nothing", async () => {
    const contact = email();
    expect(await isKnownContact(contact)).toBe(false);
    const { challengeId, code, linkSecret } = await open(contact);
    expect(await findChallengeContact(challengeId, now)).toEqual(contact);
    expect(await signInByCode({ challengeId, code: wrongOf(code) }, now)).toMatchObject({
      error: { triesLeft: 4 },
    });
    expect(await signInByCode({ challengeId, code }, now)).toEqual(CLOSED);
    expect(await signInByLink(linkSecret, now)).toEqual(CLOSED);
    expect(await signInTables().user.count({ where: { email: contact.value } })).toBe(0);
  });

  it("is sent at most five times an hour, also when six are asked for at once", async () => {
    const contact = email();
    const many = await Promise.all(Array.from({ length: 6 }, () => openChallenge(contact, now)));
    expect(many.filter(({ ok }) => ok)).toHaveLength(5);
    expect(many.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: "too-many-codes" } });
    expect((await openChallenge(contact, at(59 * MINUTE))).ok).toBe(false);
    expect((await openChallenge(contact, at(60 * MINUTE))).ok).toBe(true);
    const open = await signInTables().signInChallenge.count({
      where: { contact: contact.value, endedAt: null },
    });
    expect(open).toBe(1);
  });

  it("stands nowhere in the database, and its hash is another in every challenge", async () => {
    const { challengeId, code, linkSecret } = await asked();
    const auth = new Client({ connectionString: testEnv().DATABASE_URL_AUTH });
    await auth.connect();
    const { rows } = await auth.query<{ row: string }>(
      "SELECT c::text AS row FROM sign_in_challenge c WHERE id = $1",
      [challengeId],
    );
    await auth.end();
    const stored = rows[0]?.row.replace(challengeId, "").replace(/[0-9a-f-]{36}@/, "") ?? "";
    expect(stored).not.toContain(linkSecret);
    expect(stored).not.toMatch(new RegExp(`(?<![0-9a-f])${code}(?![0-9a-f])`));
  });

  it("is forgotten after a day, with who asked for it", async () => {
    const { challengeId } = await asked();
    await forgetChallenges(at(23 * 60 * MINUTE));
    const where = { id: challengeId };
    expect(await signInTables().signInChallenge.count({ where })).toBe(1);
    await forgetChallenges(at(25 * 60 * MINUTE));
    expect(await signInTables().signInChallenge.count({ where })).toBe(0);
  });
});

describe("an e-mailed link", () => {
  it("signs in once, also twice at once; looking at it uses nothing up", async () => {
    const { contact, userId, linkSecret, ...rest } = await asked();
    for (let look = 0; look < 3; look++) {
      expect(await findLinkContact(linkSecret, now)).toEqual(contact);
    }
    const both = await Promise.all([signInByLink(linkSecret, now), signInByLink(linkSecret, now)]);
    expect(both.filter(({ ok }) => ok)).toEqual([{ ok: true, value: userId }]);
    expect(await signInByLink(linkSecret, now)).toEqual(CLOSED);
    expect(await findLinkContact(linkSecret, now)).toBeNull();
    expect(await signInByCode(rest, now)).toEqual(CLOSED);
  });

  it("works for ten minutes, and wrong codes do not close it", async () => {
    const { challengeId, code, linkSecret } = await asked();
    for (let tries = 0; tries < 6; tries++) {
      await signInByCode({ challengeId, code: wrongOf(code) }, now);
    }
    expect(await signInByLink(linkSecret, at(10 * MINUTE))).toEqual(CLOSED);
    expect((await signInByLink(linkSecret, at(10 * MINUTE - 1))).ok).toBe(true);
  });

  it("signs in whose it is, whatever else is open", async () => {
    const [one, other] = [await asked(), await asked()];
    expect(await signInByLink(other.linkSecret, now)).toEqual({ ok: true, value: other.userId });
    expect(await findLinkContact(one.linkSecret, now)).toEqual(one.contact);
  });

  it("is none for a phone, to which no link was sent", async () => {
    const { linkSecret } = await asked(phone());
    expect(await signInByLink(linkSecret, now)).toEqual(CLOSED);
  });

  it.each(["", "x".repeat(22), "x".repeat(10_000), "../../../etc/passwd", NOBODYS])(
    "that was made up, %j, opens nothing",
    async (secret) => {
      expect(await findLinkContact(secret, now)).toBeNull();
      expect(await signInByLink(secret, now)).toEqual(CLOSED);
    },
  );
});

describe("a phone that stands on a lease", () => {
  const withPhone = async () => {
    const flat = await makeFlat(now);
    const contact = phone();
    await inScope(flat.scope, (tx) => setLeaseContacts(tx, flat.leaseId, [contact]));
    return { ...flat, contact };
  };

  it("makes its owner a person, and lets them into that lease alone", async () => {
    const { contact, leaseId, scope } = await withPhone();
    expect(await isKnownContact(contact)).toBe(true);
    const proved = await signInByCode(await open(contact), now);
    if (!proved.ok) throw new Error("refused");
    const scopes = await listResidentScopes(proved.value);
    expect(scopes).toMatchObject([{ organizationId: scope.organizationId, leaseIds: [leaseId] }]);
    const person = (await findPersons([proved.value])).get(proved.value);
    expect(person).toEqual({ userId: proved.value, name: contact.value, email: null });
    const again = await signInByCode(await open(contact), now);
    expect(again).toEqual({ ok: true, value: proved.value });
  });

  it("makes one person of two who come at once", async () => {
    const { contact } = await withPhone();
    const first = await open(contact);
    // The second code ends the first, so both are proved by one link of the past and one code.
    const row = { where: { id: first.challengeId }, data: { endedAt: null } };
    const second = await open(contact);
    await signInTables().signInChallenge.update(row);
    const both = await Promise.all([signInByCode(first, now), signInByCode(second, now)]);
    expect(both[0]).toEqual(both[1]);
    expect(both[0]?.ok).toBe(true);
  });
});

describe("an e-mail that somebody typed and did not prove", () => {
  const password = "chosen by somebody";

  it("is its owner's from the first code on, without what was before", async () => {
    const contact = email();
    const made = { name: "Mallory", email: contact.value, password, now };
    const userId = await createPerson(made);
    const lines = await signInAs(userId, null);
    const proved = await signInByCode(await open(contact), now);
    expect(proved).toEqual({ ok: true, value: userId });
    expect(await signIn({ email: contact.value, password })).toBeNull();
    expect(await listSessions(userId, {}, now)).toEqual([]);
    const pair = lines.find((line) => line.includes("session-token="))?.split(";")[0] ?? "";
    const [name = "", value = ""] = pair.split("=");
    expect(await findSignedIn({ [name]: value })).toBeNull();
  });

  it("loses nothing when it was proved before", async () => {
    const contact = email();
    const made = { name: "Amina", email: contact.value, password, isContactProved: true, now };
    const userId = await createPerson(made);
    await signInAs(userId, null);
    await signInByLink((await open(contact)).linkSecret, now);
    expect(await signIn({ email: contact.value, password })).not.toBeNull();
    expect((await listSessions(userId, {}, now)).length).toBe(2);
  });
});
