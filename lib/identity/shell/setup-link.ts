import { createHash, randomBytes } from "node:crypto";
import { createOrganization } from "@/lib/access";
import { err, ok, type Result } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { type SetupForm, slugOf } from "../core/setup-form";
import { hashPassword } from "./password";
import { signInTables } from "./sign-in-tables";

// The first administrator of a production installation. As long as the installation has no person,
// a one-time link lets whoever holds it become one (docs/decisions/013-production-installation.md).

const SECRET_BYTES = 16;
const SECRET = /^[\w-]{22}$/;
const VALID_MS = 60 * 60 * 1_000;

const hashOf = (secret: string) => createHash("sha256").update(secret, "utf8").digest("hex");

/**
 * Makes the link's secret of 128 bits, good for one hour and one use; a former link ends. Refused
 * once there is a person: from then on administrators invite.
 */
export async function makeSetupLink(now: Date): Promise<Result<string, "has-people">> {
  const db = signInTables();
  if ((await db.user.count({ take: 1 })) > 0) return err("has-people");
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  const expiresAt = new Date(now.getTime() + VALID_MS);
  const renewed = { secretHash: hashOf(secret), expiresAt, usedAt: null };
  // The ids stay those of the first link, so that a set-up that was cut off is taken up again.
  await db.setupLink.upsert({
    where: { onlyRow: true },
    create: { ...renewed, belongsTo: newId(), userId: newId() },
    update: renewed,
  });
  return ok(secret);
}

/** Whether a link can be used at this moment: unused, not expired, and nobody there yet. */
export async function isSetupLinkOpen(secret: string, now: Date): Promise<boolean> {
  if (!SECRET.test(secret)) return false;
  const db = signInTables();
  const where = { secretHash: hashOf(secret), usedAt: null, expiresAt: { gt: now } };
  const found = await db.setupLink.findFirst({ where, select: { onlyRow: true } });
  return found !== null && (await db.user.count({ take: 1 })) === 0;
}

/**
 * Uses a link: makes the organization, the person and the membership as administrator. Refused when
 * the link is not open. Two posts at once, or a repeat, make one: the link's row is taken first and
 * only its holder goes on. Sign-in's tables and an organization's belong to different roles, so
 * these are two transactions, the second inside the first; cut off between their commits, the link
 * is still open and a repeat finds the organization by the link's own ids.
 */
export async function setUpByLink(
  use: { readonly secret: string; readonly form: SetupForm },
  now: Date,
): Promise<Result<null, "link-closed">> {
  const { secret, form } = use;
  if (!(await isSetupLinkOpen(secret, now))) return err("link-closed");
  const passwordHash = await hashPassword(form.person.password);
  const secretHash = hashOf(secret);
  return signInTables().$transaction(
    async (db) => {
      const [taken] = await db.setupLink.updateManyAndReturn({
        where: { secretHash, usedAt: null, expiresAt: { gt: now } },
        data: { usedAt: now },
        select: { belongsTo: true, userId: true },
      });
      if (!taken || (await db.user.count({ take: 1 })) > 0) return err("link-closed");
      const { name, email } = form.person;
      const credential = { create: { passwordHash, changedAt: now } };
      // Whoever may run a command on the server vouches for the e-mail.
      const person = { id: taken.userId, name, email, emailVerified: now, createdAt: now };
      await db.user.create({ data: { ...person, credential } });
      const { belongsTo: organizationId, userId } = taken;
      const administrator = { userId, slug: slugOf(form.organization.name) };
      await createOrganization({ organizationId, ...form.organization, administrator, now });
      return ok(null);
    },
    { maxWait: 5_000, timeout: 15_000 },
  );
}
