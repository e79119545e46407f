import { randomBytes } from "node:crypto";
import { addStaff, closeDatabases, createOrganization, systemScope } from "@/lib/access";
import { createPerson } from "@/lib/identity";
import { recordReadings } from "@/lib/metering";
import { createEndpoint } from "@/lib/payments";
import { newId, seedEnv, systemClock } from "@/lib/platform";
import { PRACTICE_PROVIDER, practiceProvider } from "@/lib/practice";
import {
  civilDayAt,
  createBuilding,
  createMeter,
  createUnit,
  endLease,
  installMeter,
  startLease,
} from "@/lib/property";
import { signerClient } from "@/lib/signer";
import { createTariff } from "@/lib/tariffs";
import { freshMeterNumber } from "./flat";
import { granted } from "./granted";
import { sell } from "./practice-sale";

// For journeys: an organization whose every name is eighty characters long, or runs from right to
// left, or both; some without a blank to break at. What it is goes to the standard output.

const DAY_MS = 86_400_000;
const SLUG = `long-names-${randomBytes(4).toString("hex")}`;
const ZONE = "Africa/Cairo";
const OF_80 = (text: string) => text.padEnd(80, text).slice(0, 80);
const NAMES = {
  organization: OF_80("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"),
  person: OF_80("Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft"),
  rightToLeft: "محمد عبد الله بن أحمد الحسيني",
  buildings: [OF_80("Donaudampfschifffahrtsgesellschaftshaus"), "מגדלי האקליפטוס 12, כניסה ב׳"],
  units: [
    OF_80("Dachgeschosswohnung-Nordnordost-Hinterhaus-7"),
    "דירה 4-ב",
    "شقة رقم ١٢ (الطابق 3)",
  ],
} as const;

const { SIGNER_SOCKET } = seedEnv();
const issuer = signerClient(SIGNER_SOCKET);
const now = systemClock.now();
const since = new Date(now.getTime() - 20 * DAY_MS);

async function makePerson(who: string, name: string) {
  const tag = randomBytes(4).toString("hex");
  const person = { name, email: `${who}-${tag}@${SLUG}.example`, password: `practice-${tag}` };
  const userId = await createPerson({ ...person, isContactProved: true, now: since });
  return { ...person, userId };
}

const organizationId = await createOrganization({
  name: NAMES.organization,
  legalName: `${NAMES.rightToLeft} Ltd`,
  taxNumber: "P051432187K",
  now: since,
});
const scope = systemScope(organizationId, "journeys");
const resident = await makePerson("resident", NAMES.rightToLeft);
const landlord = await makePerson("landlord", NAMES.person);
const manager = await makePerson("manager", NAMES.rightToLeft);
const staff = [
  { userId: landlord.userId, role: "administrator" },
  { userId: manager.userId, role: "manager" },
] as const;
for (const member of staff) await addStaff(organizationId, { ...member, slug: SLUG, now: since });
await createEndpoint(scope, PRACTICE_PROVIDER, since);
const { vendingKeyId } = await issuer.generatePracticeKey({
  organizationId,
  supplyGroupCode: "600202",
  keyRevisionNumber: 1,
  baseDateYear: 2014,
  keyExpiryNumber: 255,
});
const definition = {
  pricesIncludeTax: true,
  tax: { code: "vat", percent: "18" },
  steps: [{ upToKwh: null, price: "0.61" }],
} as const;
const price = { name: NAMES.organization, currency: "EGP", definition } as const;
const tariffId = granted(await createTariff(scope, { ...price, startsAt: since, now: since }));
const tools = { issuer, provider: practiceProvider(), addressKey: newId() };

function makeBuilding(name: string, locale: string): Promise<string> {
  const place = { currency: "EGP", timeZone: ZONE, locale } as const;
  const address = `${name}, שדרות רוטשילד 45`;
  return createBuilding(scope, { name, address, ...place, tariffId, now: since });
}

/** A let unit with its meter, three readings and a sale, held by the one resident. */
async function makeHome(buildingId: string, label: string, residentName: string) {
  const unitId = await createUnit(scope, { buildingId, label, floor: 1, position: 1, now: since });
  const meterNumber = freshMeterNumber();
  const meter = { meterNumber, vendingKeyId, tariffIndex: 1, state: "verified" } as const;
  const meterId = granted(await createMeter(scope, { ...meter, now: since }));
  granted(await installMeter(scope, { meterId, unitId, startsAt: since }));
  const startsOn = civilDayAt(since, ZONE);
  const holder = { unitId, residentName, startsOn, holderUserId: resident.userId, now: since };
  const { leaseId } = granted(await startLease(scope, holder));
  const sale = { meterId, amountText: "120", now: new Date(now.getTime() - 6 * DAY_MS) };
  const { purchaseId } = await sell(scope, sale, tools);
  const readings = [5, 3, 1].map((daysAgo) => ({
    meterId,
    quantity: "remaining" as const,
    at: new Date(now.getTime() - daysAgo * DAY_MS),
    value: BigInt(60_000 + daysAgo * 20_000),
  }));
  granted(await recordReadings(scope, readings, now));
  return { buildingId, unitId, label, meterId, meterNumber, leaseId, purchaseId };
}

const [longBuilding, otherBuilding] = [
  await makeBuilding(NAMES.buildings[0], "en-EG"),
  await makeBuilding(NAMES.buildings[1], "ar-EG"),
];
const long = await makeHome(longBuilding, NAMES.units[0], NAMES.person);
const rightToLeft = await makeHome(otherBuilding, NAMES.units[1], NAMES.rightToLeft);
const ended = await makeHome(otherBuilding, NAMES.units[2], NAMES.rightToLeft);
const endsOn = civilDayAt(new Date(now.getTime() - DAY_MS), ZONE);
granted(await endLease(scope, { leaseId: ended.leaseId, endsOn, now }));
const told = { slug: SLUG, resident, landlord, homes: { long, rightToLeft, ended } };
process.stdout.write(`${JSON.stringify(told)}\n`);
await closeDatabases();
process.exit(0);
