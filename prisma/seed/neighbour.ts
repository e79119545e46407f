import { randomBytes } from "node:crypto";
import { addStaff, closeDatabases, createOrganization, systemScope } from "@/lib/access";
import type { Role, SystemScope } from "@/lib/access/shared";
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

// For journeys: a second organization beside the demo, with its people and two buildings.
// It is the stranger whom the first one must not meet. What it is goes to the standard output.

const HOUR_MS = 3_600_000;
const SLUG = "baobab";

const issuer = signerClient(seedEnv().SIGNER_SOCKET);
const now = systemClock.now();
const since = new Date(now.getTime() - HOUR_MS);

type NewStaff = {
  readonly who: string;
  readonly name: string;
  readonly role: Role;
  readonly buildingIds?: readonly string[];
};

async function makeStaff(organizationId: string, { who, name, ...member }: NewStaff) {
  const tag = randomBytes(4).toString("hex");
  const email = `${who}-${tag}@baobab.example`;
  const person = { name, email, password: `practice-${tag}` };
  const userId = await createPerson({ ...person, isContactProved: true, now: since });
  await addStaff(organizationId, { userId, ...member, slug: SLUG, now: since });
  return { ...person, userId };
}

async function makeTariff(scope: SystemScope): Promise<string> {
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
  return granted(await createTariff(scope, price));
}

function makeBuilding(scope: SystemScope, name: string, tariffId: string): Promise<string> {
  return createBuilding(scope, {
    name,
    address: "Rockey Street, Yeoville, Johannesburg",
    currency: "ZAR",
    timeZone: "Africa/Johannesburg",
    locale: "en-ZA",
    tariffId,
    now: since,
  });
}

type NewFlat = {
  readonly buildingId: string;
  readonly label: string;
  readonly position: number;
  readonly residentName: string;
  readonly contact: { readonly phone: string; readonly email: string };
  readonly leasedSince: Date;
};

async function makeFlat(scope: SystemScope, flat: NewFlat) {
  const { buildingId, label, position, residentName, contact } = flat;
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
const administrator = { who: "landlord", name: "Chipo Banda", role: "administrator" } as const;
const { userId: memberId, ...landlord } = await makeStaff(organizationId, administrator);
const endpointId = await createEndpoint(scope, PRACTICE_PROVIDER, since);
const tariffId = await makeTariff(scope);
const { vendingKeyId } = await issuer.generatePracticeKey({
  organizationId,
  supplyGroupCode: "600101",
  keyRevisionNumber: 1,
  baseDateYear: 2014,
  keyExpiryNumber: 255,
});
const tools = { issuer, provider: practiceProvider(), addressKey: newId() };

/** A building with one let flat and one sale. */
async function makeHouse(name: string, residentName: string, phone: string) {
  const buildingId = await makeBuilding(scope, name, tariffId);
  const flat = await makeFlat(scope, {
    buildingId,
    label: "B-101",
    position: 1,
    residentName,
    contact: { phone, email: `${phone.slice(1)}@baobab.example` },
    leasedSince: since,
  });
  const sale = { meterId: flat.meterId, amountText: "100", now };
  const { purchaseId, secret } = await sell(scope, sale, tools);
  const ids = { organizationId, buildingId, tariffId, endpointId };
  return { slug: SLUG, ...ids, ...flat, purchaseId, secret };
}

const house = await makeHouse("Baobab House", "Thabo Nkosi", "+27700000101");
const yard = await makeHouse("Baobab Yard", "Lerato Molefe", "+27700000201");
// Whose residents come and go in one journey; nobody else's looks at it.
const home = await makeFlat(scope, {
  buildingId: house.buildingId,
  label: "B-102",
  position: 2,
  residentName: "Naledi Dlamini",
  contact: { phone: "+27700000102", email: "naledi@baobab.example" },
  leasedSince: new Date(now.getTime() - 30 * 24 * HOUR_MS),
});
const others = [
  { who: "caretaker", name: "Sipho Khumalo", role: "caretaker" },
  { who: "manager", name: "Sipho Dube", role: "manager" },
  { who: "houseManager", name: "Li Na", role: "manager", buildingIds: [house.buildingId] },
  { who: "homeless", name: "Sam Phiri", role: "manager", buildingIds: [] },
] as const;
const staff: Record<string, unknown> = {};
for (const member of others) staff[member.who] = await makeStaff(organizationId, member);
const told = { ...house, memberId, landlord, ...staff, home, yard };
process.stdout.write(`${JSON.stringify(told)}\n`);
await closeDatabases();
process.exit(0);
