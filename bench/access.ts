import { PERMISSIONS, permissionsOf, ROLES } from "@/lib/access/shared";
import { percentile, tellFigure } from "./parts/figure";
import { type LargeBuilding, loadLargeBuilding } from "./parts/large-building";
import { answerRounds, measurePages, type PageAddresses } from "./parts/page-queries";
import { floodSignIns, measureFlood } from "./parts/sign-in-flood";

// What the walls cost: policies beside none, one look into the matrix, and how far a flood of wrong
// sign-ins is felt by who buys. Starts itself again for the parts that need a process of their own.

const bench = "access";
const [part, argument = ""] = process.argv.slice(2);

function measureChecks(): number {
  const cases = ROLES.flatMap((role) => PERMISSIONS.map((permission) => ({ role, permission })));
  const turns = 2_000;
  let allowed = 0;
  const start = performance.now();
  for (let turn = 0; turn < turns; turn++) {
    for (const { role, permission } of cases) {
      if (permissionsOf(role, { isLimited: turn % 2 === 0 }).includes(permission)) allowed++;
    }
  }
  const us = ((performance.now() - start) * 1_000) / (turns * cases.length);
  if (allowed === 0) throw new Error("nobody may do anything");
  return us;
}

type Place = { readonly building: LargeBuilding; readonly site: string } & PageAddresses;

function tellChecks(): void {
  const value = measureChecks();
  const beside = { what: "the same loop once more, its repeat", value: measureChecks() };
  tellFigure({ bench, name: "access.permission_check_us", value, unit: "µs", target: 5, beside });
}

async function tellPages({ building, ...urls }: Place): Promise<void> {
  const { under, without } = await measurePages(building, urls);
  const bare = percentile(without, 50);
  tellFigure({
    bench,
    name: "access.rls_page_overhead",
    value: percentile(under, 50) / bare,
    unit: "times",
    target: 1.3,
    beside: { what: "the page's queries under no policy, median ms", value: bare },
  });
}

async function tellFlood({ building, site }: Place): Promise<void> {
  const { idle, flooded } = await measureFlood(site, building.meterNumbers);
  const quiet = percentile(idle, 99);
  tellFigure({
    bench,
    name: "access.sign_in_flood_p99_ratio",
    value: percentile(flooded, 99) / quiet,
    unit: "times",
    target: 1.5,
    beside: { what: "purchases' p99 in quiet, ms", value: quiet },
  });
}

/** All figures, or those whose part is named. */
async function measure(wanted: string | undefined): Promise<void> {
  const { DATABASE_URL_WEB: web, DATABASE_URL_SUPERUSER: superuser, SITE_URL: site } = process.env;
  if (!web || !superuser || !site) throw new Error("run it with npm run -s bench access");
  const place = { building: await loadLargeBuilding(superuser), web, superuser, site };
  if (!wanted || wanted === "checks") tellChecks();
  if (!wanted || wanted === "pages") await tellPages(place);
  if (!wanted || wanted === "flood") await tellFlood(place);
}

if (part === "--page") answerRounds(JSON.parse(argument));
else if (part === "--flood") await floodSignIns(argument);
else {
  await measure(part);
  process.exit(0);
}
