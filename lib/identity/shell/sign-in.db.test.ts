import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { addStaff, createOrganization, findOrgScope, listStaffSlugs } from "@/lib/access";
import { newId, systemClock, testEnv } from "@/lib/platform";
import { createPerson } from "./persons";
import { findSignedIn, signIn, signOut } from "./sign-in";

const now = systemClock.now();
const password = "a long enough password";

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
    const token = cookies["next-auth.session-token"] ?? "";
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
    expect(await findSignedIn({ "next-auth.session-token": "made-up" })).toBeNull();
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
