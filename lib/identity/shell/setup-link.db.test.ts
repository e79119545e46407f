import { createHash } from "node:crypto";
import { afterAll, expect, it } from "vitest";
import { newId, systemClock } from "@/lib/platform";
import { createPerson } from "./persons";
import { isSetupLinkOpen, makeSetupLink, setUpByLink } from "./setup-link";
import { signInTables } from "./sign-in-tables";

// What must not happen where people are; the rest of a link's life is told on an installation that
// has nobody, in e2e/journeys/production.spec.ts.

const now = systemClock.now();
const secret = "a-well-formed-secret-1";
const form = {
  organization: { name: "Acacia Homes", legalName: "Acacia Homes Ltd", taxNumber: null },
  person: { name: "Mallory", email: `${newId()}@example.org`, password: "a sentence of mine" },
};
const links = () => signInTables().setupLink;

afterAll(async () => {
  await links().updateMany({ data: { usedAt: now } });
});

it("no link is made once there is a person", async () => {
  await createPerson({ name: "Amina", email: `${newId()}@example.org`, password: newId(), now });
  expect(await makeSetupLink(now)).toEqual({ ok: false, error: "has-people" });
});

it("a link that was made before there were people opens nothing afterwards", async () => {
  const secretHash = createHash("sha256").update(secret).digest("hex");
  const expiresAt = new Date(now.getTime() + 60_000);
  const stands = { secretHash, expiresAt, usedAt: null };
  await links().upsert({
    where: { onlyRow: true },
    create: { ...stands, belongsTo: newId(), userId: newId() },
    update: stands,
  });
  expect(await isSetupLinkOpen(secret, now)).toBe(false);
  expect(await setUpByLink({ secret, form }, now)).toEqual({ ok: false, error: "link-closed" });
  const { email } = form.person;
  expect(await signInTables().user.count({ where: { email } })).toBe(0);
});
