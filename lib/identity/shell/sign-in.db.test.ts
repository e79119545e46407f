import { randomInt } from "node:crypto";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { addStaff, createOrganization, findOrgScope, listStaffSlugs } from "@/lib/access";
import { newId, systemClock, testEnv } from "@/lib/platform";
import { SESSION_LIMITS, type SessionKind } from "../core/session-limits";
import { createPerson } from "./persons";
import { endSession, endSessions, listSessions } from "./sessions";
import { findSignedIn, rotateSession, signIn, signInAs, signOut } from "./sign-in";
import { signInTables } from "./sign-in-tables";

const now = systemClock.now();
const password = "a long enough password";
const COOKIE = "next-auth.session-token";
const ORIGIN = { address: "203.0.113.9", userAgent: "a browser" };

const freshPhone = () => `+2547${String(randomInt(1e9)).padStart(9, "0")}`;

async function newPerson() {
  const email = `${newId()}@example.org`;
  const userId = await createPerson({ name: "Amina Odhiambo", email, password, now });
  return { email, userId };
}

function cookiesOf(lines: readonly string[]): Record<string, string> {
  const pairs = lines.map((line) => (line.split(";")[0] ?? "").split("=") as [string, string]);
  return Object.fromEntries(pairs.map(([name, value]) => [name, decodeURIComponent(value)]));
}

describe("signing in", () => {
  it("opens a session that knows the person, with a cookie scripts cannot read", async () => {
    const { email, userId } = await newPerson();
    const lines = await signIn({ email: email.toUpperCase(), password });
    const session = lines?.find((line) => line.includes("session-token="));
    expect(session).toMatch(/HttpOnly/i);
    expect(session).toMatch(/SameSite=Lax/i);
    expect(await findSignedIn(cookiesOf(lines ?? []))).toEqual({ userId, name: "Amina Odhiambo" });
  });

  it("stores the session's token as a hash", async () => {
    const { email, userId } = await newPerson();
    const cookies = cookiesOf((await signIn({ email, password })) ?? []);
    const token = cookies[COOKIE] ?? "";
    expect(token.length).toBeGreaterThan(40);
    const auth = new Client({ connectionString: testEnv().DATABASE_URL_AUTH });
    await auth.connect();
    const stored = await auth.query("SELECT session_token_hash FROM session WHERE user_id = $1", [
      userId,
    ]);
    await auth.end();
    expect(stored.rows).toHaveLength(1);
    expect(stored.rows[0].session_token_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(stored.rows[0].session_token_hash).not.toContain(token);
  });

  it.each([
    ["a wrong password", (email: string) => ({ email, password: "wrong" })],
    ["an unknown person", () => ({ email: "nobody@example.org", password })],
    ["nothing", () => ({ email: "", password: "" })],
  ])("refuses %s and opens no session", async (_name, form) => {
    const { email } = await newPerson();
    expect(await signIn(form(email))).toBeNull();
  });

  it("ends the session at sign-out, also for a copy of the cookie", async () => {
    const { email } = await newPerson();
    const cookies = cookiesOf((await signIn({ email, password })) ?? []);
    await signOut(cookies);
    expect(await findSignedIn(cookies)).toBeNull();
  });

  it("knows nobody by a cookie that was made up", async () => {
    expect(await findSignedIn({ [COOKIE]: "made-up" })).toBeNull();
  });

  it("takes a phone in place of the e-mail, which is the name of who has none", async () => {
    const phone = freshPhone();
    const userId = await createPerson({ name: "", email: null, phone, password, now });
    const cookies = cookiesOf((await signIn({ email: phone, password })) ?? []);
    expect(await findSignedIn(cookies)).toEqual({ userId, name: phone });
  });

  it("is impossible by password for a person without one", async () => {
    const email = `${newId()}@example.org`;
    await createPerson({ name: "Amina", email, now });
    for (const typed of ["", "nobody's password"]) {
      expect(await signIn({ email, password: typed })).toBeNull();
    }
  });

  it("ends the session that was in the browser before", async () => {
    const mallory = await newPerson();
    const planted = cookiesOf(await signInAs(mallory.userId, null));
    const { userId } = await newPerson();
    const cookies = cookiesOf(await signInAs(userId, null, { former: planted }));
    expect(cookies[COOKIE]).not.toBe(planted[COOKIE]);
    expect(await findSignedIn(planted)).toBeNull();
    expect((await findSignedIn(cookies))?.userId).toBe(userId);
  });
});

describe("too many wrong passwords", () => {
  const tries = (email: string, count: number, at: Date) =>
    Promise.all(
      Array.from({ length: count }, () => signIn({ email, password: "wrong" }, null, { now: at })),
    );

  it("are refused for 15 minutes with the right one too, and then no more", async () => {
    const { email } = await newPerson();
    await tries(email, 9, now);
    expect(await signIn({ email, password }, null, { now })).not.toBeNull();
    await tries(email, 10, now);
    const until = (minutes: number) => ({ now: new Date(now.getTime() + minutes * 60_000) });
    expect(await signIn({ email, password }, null, until(0))).toBeNull();
    expect(await signIn({ email, password }, null, until(14.9))).toBeNull();
    expect(await signIn({ email, password }, null, until(15))).not.toBeNull();
  });

  it("are counted when they come at once: no eleventh is compared", async () => {
    const { email, userId } = await newPerson();
    await tries(email, 25, now);
    const credential = await signInTables().passwordCredential.findUniqueOrThrow({
      where: { userId },
    });
    expect(credential.tries).toBe(10);
  });

  it("are forgotten when they are spread over more than 15 minutes", async () => {
    const { email } = await newPerson();
    await tries(email, 9, now);
    const later = new Date(now.getTime() + 15 * 60_000);
    await tries(email, 9, later);
    expect(await signIn({ email, password }, null, { now: later })).not.toBeNull();
  });

  it("of one person keep nobody else out", async () => {
    const [one, other] = [await newPerson(), await newPerson()];
    await tries(one.email, 10, now);
    expect(await signIn({ email: other.email, password })).not.toBeNull();
  });
});

describe("a session", () => {
  const open = async (kind: SessionKind = "resident") => {
    const person = await newPerson();
    if (kind === "staff") {
      const name = "Acacia Court";
      const facts = { name, legalName: name, taxNumber: null, now };
      const organizationId = await createOrganization(facts);
      await addStaff(organizationId, { ...person, role: "viewer", slug: "acacia", now });
    }
    return { ...person, cookies: cookiesOf(await signInAs(person.userId, ORIGIN, { now })) };
  };
  const at = (ms: number) => new Date(now.getTime() + ms);

  it.each(["staff", "resident"] as const)("of %s ends when it was idle too long", async (kind) => {
    const { idleMs } = SESSION_LIMITS[kind];
    const { cookies } = await open(kind);
    expect(await findSignedIn(cookies, at(idleMs - 1))).not.toBeNull();
    expect(await findSignedIn(cookies, at(2 * idleMs - 1))).toBeNull();
  });

  it.each(["staff", "resident"] as const)(
    "of %s ends at last however much it is used",
    async (kind) => {
      const { idleMs, absoluteMs } = SESSION_LIMITS[kind];
      const { cookies } = await open(kind);
      const step = idleMs - 1;
      for (let ms = step; ms < absoluteMs; ms += step) {
        expect(await findSignedIn(cookies, at(ms))).not.toBeNull();
      }
      expect(await findSignedIn(cookies, at(absoluteMs))).toBeNull();
    },
  );

  it("is written down as seen at most once a minute", async () => {
    const { cookies, userId } = await open();
    const seen = async () => (await listSessions(userId, cookies, now))[0]?.lastSeenAt;
    await findSignedIn(cookies, at(59_999));
    expect(await seen()).toEqual(now);
    await findSignedIn(cookies, at(60_000));
    expect(await seen()).toEqual(at(60_000));
  });

  it("is rotated: another token, the same end, and the old one is dead", async () => {
    const { cookies, userId } = await open();
    const before = await listSessions(userId, cookies, now);
    const rotated = cookiesOf(await rotateSession(cookies, at(60_000)));
    expect(rotated[COOKIE]).not.toBe(cookies[COOKIE]);
    expect(await findSignedIn(cookies)).toBeNull();
    expect((await findSignedIn(rotated))?.userId).toBe(userId);
    const [session, ...more] = await listSessions(userId, rotated, now);
    expect(more).toEqual([]);
    expect(session).toMatchObject({ ...ORIGIN, signedInAt: before[0]?.signedInAt, isThis: true });
    expect(await rotateSession(cookies)).toEqual([]);
    expect(await rotateSession({ [COOKIE]: "made-up" })).toEqual([]);
  });

  it("is rotated once when asked twice at once, never after its end", async () => {
    const { cookies, userId } = await open();
    const both = await Promise.all([rotateSession(cookies), rotateSession(cookies)]);
    expect(both.filter((lines) => lines.length > 0)).toHaveLength(1);
    expect(await listSessions(userId, {}, now)).toHaveLength(1);
    const other = await open();
    await Promise.all([rotateSession(other.cookies), endSessions(other.userId)]);
    await endSessions(other.userId);
    expect(await rotateSession(other.cookies)).toEqual([]);
  });

  it("at its end is cleared away when the person signs in again", async () => {
    const { userId } = await open();
    const later = at(SESSION_LIMITS.resident.absoluteMs);
    await signInAs(userId, null, { now: later });
    expect(await signInTables().session.count({ where: { userId } })).toBe(1);
  });

  it("follows the shorter limits once its person is staff and it is rotated", async () => {
    const { cookies, userId } = await open();
    const facts = { name: "Acacia", legalName: "Acacia", taxNumber: null, now };
    const organizationId = await createOrganization(facts);
    await addStaff(organizationId, { userId, role: "viewer", slug: "acacia", now });
    const rotated = cookiesOf(await rotateSession(cookies));
    expect(await findSignedIn(rotated, at(SESSION_LIMITS.staff.absoluteMs))).toBeNull();
  });

  it("is listed with where it was opened, the one in use first", async () => {
    const { userId, cookies } = await open();
    const phone = { address: "203.0.113.7", userAgent: "a phone" };
    await signInAs(userId, phone, { now: at(1_000) });
    expect(await listSessions(userId, cookies, at(2_000))).toMatchObject([
      { ...ORIGIN, isThis: true },
      { ...phone, isThis: false },
    ]);
  });

  it("is ended by its person, one or all others; a stranger's id ends nothing", async () => {
    const { userId, cookies } = await open();
    const other = await open();
    const [theirs] = await listSessions(other.userId, {}, now);
    expect(await endSession(userId, theirs?.sessionId ?? "")).toBe(false);
    expect(await findSignedIn(other.cookies)).not.toBeNull();
    const second = cookiesOf(await signInAs(userId, null, { now }));
    await signInAs(userId, null, { now });
    const listed = await listSessions(userId, second, now);
    expect(await endSession(userId, listed[0]?.sessionId ?? "")).toBe(true);
    expect(await findSignedIn(second)).toBeNull();
    expect(await endSessions(userId, { exceptCookies: cookies })).toBe(1);
    expect(await findSignedIn(cookies)).not.toBeNull();
    expect(await endSessions(userId)).toBe(1);
    expect(await findSignedIn(cookies)).toBeNull();
  });

  it("keeps no more of where it came from than a line holds", async () => {
    const { userId } = await newPerson();
    await signInAs(userId, { address: "1".repeat(10_000), userAgent: "2".repeat(10_000) });
    const [session] = await listSessions(userId, {}, systemClock.now());
    expect([session?.address.length, session?.userAgent.length]).toEqual([64, 200]);
  });
});

describe("an organization", () => {
  const open = async () => {
    const { userId } = await newPerson();
    const name = "Acacia Court";
    const organizationId = await createOrganization({
      name,
      legalName: name,
      taxNumber: null,
      now,
    });
    await addStaff(organizationId, { userId, role: "caretaker", slug: "acacia", now });
    return { userId, organizationId };
  };

  it("opens for its member by the name in the address bar", async () => {
    const { userId, organizationId } = await open();
    const scope = await findOrgScope({ userId, slug: "acacia" }, "building:read", now);
    expect(scope).toMatchObject({ kind: "organization", organizationId, role: "caretaker" });
    expect(await listStaffSlugs(userId)).toEqual(["acacia"]);
  });

  it("does not exist for a stranger, nor for a role without the permission", async () => {
    const { userId } = await open();
    const stranger = await newPerson();
    expect(
      await findOrgScope({ userId: stranger.userId, slug: "acacia" }, "building:read", now),
    ).toBeNull();
    expect(await findOrgScope({ userId, slug: "acacia" }, "sale:read", now)).toBeNull();
    expect(await findOrgScope({ userId, slug: "other" }, "building:read", now)).toBeNull();
  });
});
