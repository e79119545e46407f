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

// For journeys: a second organization beside the demo, with a landlord, one let flat and one sale.
// It is the stranger whom the first one must not meet. What it is goes to the standard output.

const HOUR_MS = 3_600_000;
const SLUG = "baobab";

const issuer = signerClient(seedEnv().SIGNER_SOCKET);
const now = systemClock.now();
const since = new Date(now.getTime() - HOUR_MS);

type NewStaff = {
  readonly name: string;
  readonly role: Role;
  readonly buildingIds?: readonly string[];
};

async function makeStaff(organizationId: string, staff: NewStaff) {
  const { name, ...member } = staff;
  const tag = randomBytes(4).toString("hex");
  const email = `${name.toLowerCase().replaceAll(" ", ".")}-${tag}@baobab.example`;
  const signIn = { name, email, password: `practice-${tag}` };
  const userId = await createPerson({ ...signIn, now: since });
  await addStaff(organizationId, { userId, ...member, slug: SLUG, now: since });
  return signIn;
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
const landlord = await makeStaff(organizationId, { name: "Chipo Banda", role: "administrator" });
const endpointId = await createEndpoint(scope, PRACTICE_PROVIDER, since);
const tariffId = await makeTariff(scope);
const tools = { issuer, provider: practiceProvider(), addressKey: newId() };

/** A building with one flat and one sale. */
async function makeHouse(name: string) {
  const buildingId = await makeBuilding(scope, name, tariffId);
  const flat = await makeFlat(scope, buildingId);
  const sale = { meterId: flat.meterId, amountText: "100", now };
  const { purchaseId, secret } = await sell(scope, sale, tools);
  return { slug: SLUG, organizationId, buildingId, endpointId, ...flat, purchaseId, secret };
}

const house = await makeHouse("Baobab House");
const yard = await makeHouse("Baobab Yard");
const buildingIds = [house.buildingId];
const manager = await makeStaff(organizationId, { name: "Li Na", role: "manager", buildingIds });
const nowhere = { name: "Sam Phiri", role: "manager", buildingIds: [] } as const;
const homeless = await makeStaff(organizationId, nowhere);
process.stdout.write(`${JSON.stringify({ ...house, landlord, yard, manager, homeless })}\n`);
await closeDatabases();
process.exit(0);
