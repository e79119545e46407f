import { randomBytes } from "node:crypto";
import { addStaff, createOrganization, systemScope } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import { createPerson } from "@/lib/identity";
import { createEndpoint } from "@/lib/payments";
import { PRACTICE_PROVIDER } from "@/lib/practice";
import {
  civilDayAt,
  createBuilding,
  createMeter,
  createUnit,
  installMeter,
  startLease,
  startOfCivilDay,
} from "@/lib/property";
import { createTariff } from "@/lib/tariffs";
import { DEMO_BLOCK, type DemoFlat, type DemoSale, drawFlats, saleInstant } from "./demo-block";
import { granted } from "./granted";
import { meterNumberOfSerial } from "./meter-numbers";
import { type SaleTools, sell } from "./practice-sale";

export type Demo = {
  readonly signIns: readonly {
    readonly who: string;
    readonly email: string;
    readonly password: string;
  }[];
  readonly meters: readonly { readonly unit: string; readonly meterNumber: string }[];
  readonly sales: number;
};

type Installed = DemoFlat & { readonly meterId: string; readonly meterNumber: string };
type Sale = DemoSale & { readonly meterId: string };

const DAY_MS = 86_400_000;
const PRACTICE_KEY = {
  supplyGroupCode: "123457",
  keyRevisionNumber: 1,
  baseDateYear: 2014,
  keyExpiryNumber: 255,
} as const;
/** The flats whose meters the first page offers: lit, running out, dark. */
const SHOWN = ["A-204", "A-102", "A-104", "A-303"];
/** The demo's resident, who signs in and sees what was bought for this flat. */
const RESIDENT_FLAT = "A-204";
const RESIDENT_CONTACT = { phone: "+254700000204", email: "resident@acacia.example" } as const;

/**
 * The demo: one block, its people, and some weeks of sales. Gives what a newcomer needs to look in.
 */
export async function seedDemo(now: Date, tools: SaleTools): Promise<Demo> {
  const since = new Date(now.getTime() - (DEMO_BLOCK.weeks * 7 + 1) * DAY_MS);
  const { slug, ...organization } = DEMO_BLOCK.organization;
  const organizationId = await createOrganization({ ...organization, now: since });
  const scope = systemScope(organizationId, "demo");
  const people = await createPeople(organizationId, slug, since);
  await createEndpoint(scope, PRACTICE_PROVIDER, since);
  const flats = await createBlock(scope, { since, tools, residentId: people.residentId });
  const sales = flats.flatMap((flat) =>
    flat.sales.map((sale) => ({ ...sale, meterId: flat.meterId })),
  );
  await sellAll(scope, { sales, tools, now });
  const shown = SHOWN.flatMap((label) => flats.filter((flat) => flat.label === label));
  return {
    signIns: people.signIns,
    meters: shown.map(({ label, meterNumber }) => ({ unit: label, meterNumber })),
    sales: sales.length,
  };
}

async function createPeople(organizationId: string, slug: string, now: Date) {
  const newcomer = (who: string, name: string, email: string) => ({
    who,
    name,
    email,
    password: `practice-${randomBytes(4).toString("hex")}`,
  });
  const landlord = newcomer("landlord", "Wanjiku Maina", "landlord@acacia.example");
  const caretaker = newcomer("caretaker", "Peter Mwaura", "caretaker@acacia.example");
  const resident = newcomer("resident", "Joyce Chebet", RESIDENT_CONTACT.email);
  const [landlordId, caretakerId, residentId] = await Promise.all(
    [landlord, caretaker, resident].map((person) =>
      createPerson({ ...person, isContactProved: true, now }),
    ),
  );
  const staff = [
    { userId: landlordId ?? "", role: "administrator" },
    { userId: caretakerId ?? "", role: "caretaker" },
  ] as const;
  for (const member of staff) await addStaff(organizationId, { ...member, slug, now });
  const signIns = [landlord, caretaker, resident].map(({ name: _name, ...signIn }) => signIn);
  return { signIns, residentId: residentId ?? "" };
}

async function createBlock(
  scope: SystemScope,
  made: { readonly since: Date; readonly tools: SaleTools; readonly residentId: string },
): Promise<readonly Installed[]> {
  const { since, tools, residentId } = made;
  const { organizationId } = scope;
  const { building, tariff } = DEMO_BLOCK;
  const { vendingKeyId } = await tools.issuer.generatePracticeKey({
    organizationId,
    ...PRACTICE_KEY,
  });
  const definition = {
    pricesIncludeTax: false,
    tax: { code: "vat", percent: tariff.taxPercent },
    steps: [{ upToKwh: null, price: tariff.price }],
  } as const;
  const { name } = tariff;
  const { currency } = building;
  const price = { name, currency, definition, startsAt: since, now: since };
  const tariffId = granted(await createTariff(scope, price));
  const buildingId = await createBuilding(scope, { ...building, tariffId, now: since });
  const installed = drawFlats().map(async (flat): Promise<Installed> => {
    const { label, floor, position, residentName } = flat;
    const unitId = await createUnit(scope, { buildingId, label, floor, position, now: since });
    const meterNumber = meterNumberOfSerial(flat.serial);
    const meter = { meterNumber, vendingKeyId, tariffIndex: 1, state: "verified" } as const;
    const meterId = granted(await createMeter(scope, { ...meter, now: since }));
    granted(await installMeter(scope, { meterId, unitId, startsAt: since }));
    if (residentName) {
      const startsOn = since.toISOString().slice(0, 10);
      const holder =
        label === RESIDENT_FLAT ? { holderUserId: residentId, contact: RESIDENT_CONTACT } : {};
      const lease = { unitId, residentName, startsOn, now: since, ...holder };
      granted(await startLease(scope, lease));
    }
    return { ...flat, meterId, meterNumber };
  });
  return Promise.all(installed);
}

/** A meter's sales in the order of time, as its token ids must rise; meters beside each other. */
async function sellAll(
  scope: SystemScope,
  work: { readonly sales: readonly Sale[]; readonly tools: SaleTools; readonly now: Date },
): Promise<void> {
  const { timeZone } = DEMO_BLOCK.building;
  const midnight = startOfCivilDay(civilDayAt(work.now, timeZone), timeZone);
  const byMeter = Map.groupBy(work.sales, (sale) => sale.meterId);
  const lanes = [...byMeter.values()].map(async (sales) => {
    for (const sale of sales) {
      const { meterId, amountText } = sale;
      const now = saleInstant(sale, midnight, work.now);
      await sell(scope, { meterId, amountText, now }, work.tools);
    }
  });
  await Promise.all(lanes);
}
