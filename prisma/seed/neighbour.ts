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

type Colleague = {
  readonly who: string;
  readonly name: string;
  readonly role: "administrator" | "caretaker";
};

async function makeStaff(organizationId: string, { who, name, role }: Colleague) {
  const tag = randomBytes(4).toString("hex");
  const email = `${who}-${tag}@baobab.example`;
  const person = { name, email, password: `practice-${tag}` };
  const userId = await createPerson({ ...person, isContactProved: true, now: since });
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

type NewFlat = {
  readonly buildingId: string;
  readonly vendingKeyId: string;
  readonly label: string;
  readonly position: number;
  readonly residentName: string;
  readonly contact: { readonly phone: string; readonly email: string };
  readonly leasedSince: Date;
};

async function makeFlat(scope: SystemScope, flat: NewFlat) {
  const { buildingId, vendingKeyId, label, position, residentName, contact } = flat;
  const place = { buildingId, label, floor: 1, position, now: since };
  const unitId = await createUnit(scope, place);
  const meterNumber = freshMeterNumber();
  const facts = {
    meterNumber,
    vendingKeyId,
    tariffIndex: 1,
    now: since,
  } as const;
  const meterId = granted(await createMeter(scope, { ...facts, state: "verified" }));
  granted(await installMeter(scope, { meterId, unitId, startsAt: since }));
  const startsOn = flat.leasedSince.toISOString().slice(0, 10);
  const lease = { unitId, residentName, startsOn, contact, now: since };
  const { leaseId } = granted(await startLease(scope, lease));
  return { unitId, meterId, meterNumber, leaseId };
}

const organizationId = await createOrganization({
  name: "Baobab Rentals",
  legalName: "Baobab Rentals (Pty) Ltd",
  taxNumber: null,
  now: since,
});
const scope = systemScope(organizationId, "journeys");
const landlord = await makeStaff(organizationId, {
  who: "landlord",
  name: "Chipo Banda",
  role: "administrator",
});
const caretaker = await makeStaff(organizationId, {
  who: "caretaker",
  name: "Sipho Khumalo",
  role: "caretaker",
});
const endpointId = await createEndpoint(scope, PRACTICE_PROVIDER, since);
const buildingId = await makeBuilding(scope);
const { vendingKeyId } = await issuer.generatePracticeKey({
  organizationId,
  supplyGroupCode: "600101",
  keyRevisionNumber: 1,
  baseDateYear: 2014,
  keyExpiryNumber: 255,
});
const { unitId, meterId, meterNumber } = await makeFlat(scope, {
  buildingId,
  vendingKeyId,
  label: "B-101",
  position: 1,
  residentName: "Thabo Nkosi",
  contact: { phone: "+27700000101", email: "thabo@baobab.example" },
  leasedSince: since,
});
// Whose residents come and go in one journey; nobody else's looks at it.
const home = await makeFlat(scope, {
  buildingId,
  vendingKeyId,
  label: "B-102",
  position: 2,
  residentName: "Naledi Dlamini",
  contact: { phone: "+27700000102", email: "naledi@baobab.example" },
  leasedSince: new Date(now.getTime() - 30 * 24 * HOUR_MS),
});
const tools = { issuer, provider: practiceProvider(), addressKey: newId() };
const { purchaseId, secret } = await sell(scope, { meterId, amountText: "100", now }, tools);
const place = { organizationId, buildingId, unitId, endpointId, meterId, meterNumber };
const people = { landlord, caretaker };
const told = { slug: SLUG, ...people, home, ...place, purchaseId, secret };
process.stdout.write(`${JSON.stringify(told)}\n`);
await closeDatabases();
process.exit(0);
