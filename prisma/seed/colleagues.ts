import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { addStaff, closeDatabases, findOrgScope } from "@/lib/access";
import { type MembershipRole, ROLES } from "@/lib/access/shared";
import { createPerson, findPersonByEmail } from "@/lib/identity";
import { seedEnv, systemClock } from "@/lib/platform";
import type { Demo } from "./demo";

// For journeys: one person of every role in the demo's organization, and one whose support's time
// is over. What they are goes to the standard output.

const HOUR_MS = 3_600_000;
const SLUG = "acacia";
const now = systemClock.now();

async function organizationOfDemo(): Promise<string> {
  const demo: Demo = JSON.parse(await readFile(seedEnv().DEMO_FILE, "utf8"));
  const email = demo.signIns.find(({ who }) => who === "landlord")?.email ?? "";
  const landlord = await findPersonByEmail(email);
  const person = { userId: landlord?.userId ?? "", slug: SLUG };
  const scope = await findOrgScope(person, "building:read", now);
  if (!scope) throw new Error("the demo has no landlord");
  return scope.organizationId;
}

async function join(organizationId: string, who: string, role: MembershipRole, endsAt?: Date) {
  const tag = randomBytes(4).toString("hex");
  const email = `${who.replaceAll(" ", "-")}-${tag}@acacia.example`;
  const password = `practice-${tag}`;
  const userId = await createPerson({ name: `The ${who}`, email, password, now });
  await addStaff(organizationId, { userId, role, slug: SLUG, now, ...(endsAt ? { endsAt } : {}) });
  return { who, role, email, password, userId };
}

const organizationId = await organizationOfDemo();
const colleagues = [
  ...(await Promise.all(ROLES.map((role) => join(organizationId, role, role)))),
  await join(organizationId, "support", "support", new Date(now.getTime() + HOUR_MS)),
  await join(organizationId, "former support", "support", new Date(now.getTime() - HOUR_MS)),
];
process.stdout.write(`${JSON.stringify(colleagues)}\n`);
await closeDatabases();
process.exit(0);
