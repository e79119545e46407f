import { createOrganization, findOrgScope, systemScope } from "@/lib/access";
import { assert } from "@/lib/kernel";
import { createEndpoint } from "@/lib/payments";
import { log } from "@/lib/platform";
import { PRACTICE_PROVIDER } from "@/lib/practice";
import { drawAcaciaCourt } from "./demo/acacia-court";
import { drawJubeihaHall, STUDENT_NAME, STUDENT_ROOM } from "./demo/jubeiha-hall";
import { type Holder, moveIn, type PlacedBuilding } from "./demo/move-in";
import { createPeople, employ, personOf, type SignIn } from "./demo/people";
import { drawSums, drawUses, enterNotebook, readAll } from "./demo/read-all";
import { drawRuaDaBica } from "./demo/rua-da-bica";
import { auditAll, type SellTools, sellAll } from "./demo/sell-all";

export type Demo = {
  readonly signIns: readonly SignIn[];
  readonly meters: readonly { readonly unit: string; readonly meterNumber: string }[];
  readonly sales: number;
};

const DAY_MS = 86_400_000;
/** A day before the first lease of the thirteen months. */
const HISTORY_MS = 399 * DAY_MS;
const ORGANIZATION = {
  name: "Acacia Homes",
  legalName: "Acacia Homes Ltd",
  taxNumber: "P051432187K",
} as const;
const SLUG = "acacia";
const PRACTICE_KEY = {
  supplyGroupCode: "123457",
  keyRevisionNumber: 1,
  baseDateYear: 2014,
  keyExpiryNumber: 255,
} as const;
/** The meters that the first page offers: lit, running out, dark; of the court, then elsewhere. */
const SHOWN = ["A-204", "A-102", "A-104", "A-303", "2A", "Loja 2", STUDENT_ROOM, "211"];

/**
 * The demo: a landlord's three buildings in three countries, thirteen months of them. Gives what a
 * newcomer needs to look in.
 */
export async function seedDemo(now: Date, tools: SellTools): Promise<Demo> {
  const since = new Date(now.getTime() - HISTORY_MS);
  const phase = stopwatch();
  const drawn = [drawAcaciaCourt(now), drawRuaDaBica(now), drawJubeihaHall(now)];
  phase("drawn");
  const organizationId = await createOrganization({ ...ORGANIZATION, now: since });
  const scope = systemScope(organizationId, "demo");
  const [people, endpointId, { vendingKeyId }] = await Promise.all([
    createPeople(since),
    createEndpoint(scope, PRACTICE_PROVIDER, since),
    tools.issuer.generatePracticeKey({ organizationId, ...PRACTICE_KEY }),
  ]);
  const resident = { ...personOf(people, "resident"), unit: "A-204", phone: "+254700000204" };
  const student = { ...personOf(people, "student"), unit: STUDENT_ROOM, phone: null };
  const holders: readonly Holder[] = [resident, { ...student, name: STUDENT_NAME }];
  const buildings: PlacedBuilding[] = [];
  for (const building of drawn) {
    buildings.push(await moveIn(scope, building, { since, vendingKeyId, holders }));
  }
  const hallId = buildings[2]?.id ?? "";
  const staff = { slug: SLUG, now: since };
  const caretaker = personOf(people, "caretaker");
  await employ(organizationId, personOf(people, "landlord"), { role: "administrator", ...staff });
  await employ(organizationId, caretaker, { role: "caretaker", ...staff });
  const officer = { role: "dormitory officer", buildingIds: [hallId], ...staff } as const;
  await employ(organizationId, personOf(people, "dormitory officer"), officer);
  phase("moved in");

  const sales = await sellAll(scope, { buildings, endpointId, tools });
  phase("sold");
  await auditAll(scope, now);
  phase("audited");
  const readings = await readAll(scope, { buildings, now });
  const place = { userId: caretaker.userId, slug: SLUG };
  const reader = await findOrgScope(place, "reading:write", now);
  assert(reader, "the caretaker reads meters");
  await enterNotebook(reader, { buildings, now });
  phase("read");
  await drawUses(scope, { buildings, now });
  phase("worked out");
  await drawSums(scope, { buildings, now });
  phase("summed");
  log().info({ sales, readings, tookMs: phase.tookMs }, "what the demo took");
  const signIns = [...people.values()].map(({ who, email, password }) => ({
    who,
    email,
    password,
  }));
  return { signIns, meters: shownOf(buildings), sales };
}

function shownOf(buildings: readonly PlacedBuilding[]): Demo["meters"] {
  const units = buildings.flatMap((building) => building.units);
  return SHOWN.flatMap((label) => {
    const unit = units.find(({ drawn }) => drawn.label === label);
    const meter = unit?.meters.find(({ isPrepaid, removedAt }) => isPrepaid && !removedAt);
    return meter ? [{ unit: label, meterNumber: meter.meterNumber }] : [];
  });
}

/** How long each phase took, for whoever wonders what a start waits for. */
function stopwatch() {
  const tookMs: Record<string, number> = {};
  let from = performance.now();
  const phase = (name: string) => {
    tookMs[name] = Math.round(performance.now() - from);
    from = performance.now();
  };
  return Object.assign(phase, { tookMs });
}
