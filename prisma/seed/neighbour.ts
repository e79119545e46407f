import { randomBytes } from "node:crypto";
import { addStaff, closeDatabases, createOrganization, systemScope } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import { createPerson } from "@/lib/identity";
import { createEndpoint } from "@/lib/payments";
import { newId, seedEnv, systemClock } from "@/lib/platform";
import { PRACTICE_PROVIDER, practiceProvider } from "@/lib/practice";
import { createBuilding, createMeter, createUnit, installMeter, startLease } from "@/lib/property";
import { signerClient } from "@/lib/signer";
import { createTariff } from "@/lib/tariffs";
import { freshMeterNumber } from "./flat";
import { granted } from "./granted";
import { sell } from "./practice-sale";

// For journeys: a second organization beside the demo, with a landlord, one let flat and one sale.
// It is the stranger whom the first one must not meet. What it is goes to the standard output.

const HOUR_MS = 3_600_000;
const SLUG = "baobab";

const issuer = signerClient(seedEnv().SIGNER_SOCKET);
const now = systemClock.now();
const since = new Date(now.getTime() - HOUR_MS);

async function makePerson(
  organizationId: string,
  { name, role }: { readonly name: string; readonly role: "administrator" | "manager" },
) {
  const tag = randomBytes(4).toString("hex");
  const email = `${role}-${tag}@baobab.example`;
  const person = { name, email, password: `practice-${tag}` };
  const userId = await createPerson({ ...person, now: since });
  await addStaff(organizationId, { userId, role, slug: SLUG, now: since });
  return person;
}

async function makeBuilding(scope: SystemScope): Promise<string> {
  const price = {
    name: "Baobab House, residents",
    currency: "ZAR",
    definition: {
      pricesIncludeTax: true,
      tax: { code: "vat", percent: "15" },
      steps: [{ upToKwh: null, price: "3.10" }],
    },
    startsAt: since,
    now: since,
  } as const;
  return createBuilding(scope, {
    name: "Baobab House",
    address: "Rockey Street, Yeoville, Johannesburg",
    currency: "ZAR",
    timeZone: "Africa/Johannesburg",
    locale: "en-ZA",
    tariffId: granted(await createTariff(scope, price)),
    now: since,
  });
}

async function makeFlat(scope: SystemScope, buildingId: string) {
  const key = await issuer.generatePracticeKey({
    organizationId: scope.organizationId,
    supplyGroupCode: "600101",
    keyRevisionNumber: 1,
    baseDateYear: 2014,
    keyExpiryNumber: 255,
  });
  const place = { buildingId, label: "B-101", floor: 1, position: 1, now: since };
  const unitId = await createUnit(scope, place);
  const meterNumber = freshMeterNumber();
  const facts = {
    meterNumber,
    vendingKeyId: key.vendingKeyId,
    tariffIndex: 1,
    now: since,
  } as const;
  const meterId = granted(await createMeter(scope, { ...facts, state: "verified" }));
  granted(await installMeter(scope, { meterId, unitId, startsAt: since }));
  const startsOn = since.toISOString().slice(0, 10);
  granted(await startLease(scope, { unitId, residentName: "Thabo Nkosi", startsOn, now: since }));
  return { unitId, meterId, meterNumber };
}

const organizationId = await createOrganization({
  name: "Baobab Rentals",
  legalName: "Baobab Rentals (Pty) Ltd",
  taxNumber: null,
  now: since,
});
const scope = systemScope(organizationId, "journeys");
const landlord = await makePerson(organizationId, { name: "Chipo Banda", role: "administrator" });
const manager = await makePerson(organizationId, { name: "Sipho Dube", role: "manager" });
const endpointId = await createEndpoint(scope, PRACTICE_PROVIDER, since);
const buildingId = await makeBuilding(scope);
const { unitId, meterId, meterNumber } = await makeFlat(scope, buildingId);
const tools = { issuer, provider: practiceProvider(), addressKey: newId() };
const { purchaseId, secret } = await sell(scope, { meterId, amountText: "100", now }, tools);
const place = { organizationId, buildingId, unitId, endpointId, meterId, meterNumber };
process.stdout.write(
  `${JSON.stringify({ slug: SLUG, landlord, manager, ...place, purchaseId, secret })}\n`,
);
await closeDatabases();
process.exit(0);
