import path from "node:path";
import { findOrgScope } from "@/lib/access";
import { lastPeriods, usageOf } from "@/lib/metering";
import { systemClock } from "@/lib/platform";
import { civilDayAt } from "@/lib/property";
import {
  countStatements,
  findDeepSale,
  scriptKilobytes,
  signInVisitor,
  timePage,
  type Visitor,
} from "./parts/console-pages";
import { percentile, tellFigure } from "./parts/figure";
import { timeImport } from "./parts/import-of-units";
import { loadPortfolio, type Portfolio, settle } from "./parts/large-portfolio";

// What the console costs where there is much of everything: 100,000 meters in 250 buildings, two
// million purchases, fifty million readings; `--scale 0.1` loads a tenth. Beside it an organization
// of 1,000 meters, to see what grows.

const bench = "console";
const ROOT = process.cwd();
const FULL = { buildings: 250, unitsABuilding: 400, purchasesAUnit: 20, readingsAUnit: 500 };
const SMALL_BUILDINGS = 5;
const SMALL_UNITS = 200;
const WARM_UP = 5;
const VISITS = 100;
const DEEP_PAGE = 10_000;
const IMPORTED_UNITS = 5_000;

const say = (line: string) => process.stderr.write(`${line}\n`);

function scaleOf(args: readonly string[]): number {
  const named = args[args.indexOf("--scale") + 1];
  const scale = args.includes("--scale") ? Number(named) : 1;
  if (!(scale > 0 && scale <= 1)) throw new Error("--scale takes a number up to 1");
  return scale;
}

function pagesOf({ slug, buildingId, unitId }: Portfolio): Readonly<Record<string, string>> {
  return {
    dashboard: `/o/${slug}`,
    building: `/o/${slug}/buildings/${buildingId}`,
    unit: `/o/${slug}/units/${unitId}`,
    search: `/o/${slug}/search?q=B1-3`,
    history: `/o/${slug}/sales`,
    meters: `/o/${slug}/meters`,
  };
}

async function timeAll(visit: Visitor, pages: Readonly<Record<string, string>>) {
  const times = new Map<string, readonly number[]>();
  for (const [name, address] of Object.entries(pages)) {
    const { status } = await visit(address);
    if (status === 404) {
      say(`${name}: ${address} is not there; left out`);
      continue;
    }
    await timePage(visit, address, WARM_UP);
    times.set(name, await timePage(visit, address, VISITS));
  }
  return times;
}

async function tellYearChart(large: Portfolio): Promise<void> {
  const now = systemClock.now();
  const scope = await findOrgScope(large, "building:read", now);
  if (!scope) throw new Error("the landlord is not staff");
  const today = civilDayAt(now, "Africa/Nairobi");
  const span = lastPeriods("month", today, 12);
  const subject = { kind: "unit", unitId: large.unitId, leaseId: null } as const;
  const wanted = { subject, by: "month", span, today, resource: "electricity" } as const;
  const times: number[] = [];
  for (let turn = 0; turn < VISITS + WARM_UP; turn += 1) {
    const start = performance.now();
    const usage = await usageOf(scope, wanted);
    if (usage?.periods.length !== 12) throw new Error("the year is not whole");
    if (turn >= WARM_UP) times.push(performance.now() - start);
  }
  tellFigure({
    bench,
    name: "console.unit_year_chart_p99_ms",
    value: percentile(times, 99),
    unit: "ms",
    target: 15,
    beside: { what: "its median, round trips and all", value: percentile(times, 50) },
  });
}

async function measure(): Promise<void> {
  const { DATABASE_URL_SUPERUSER: superuser, SITE_URL: site, DEMO_FILE: demoFile } = process.env;
  if (!superuser || !site || !demoFile) throw new Error("run it with npm run -s bench console");
  const scale = scaleOf(process.argv);
  const start = performance.now();
  const buildings = Math.max(1, Math.round(FULL.buildings * scale));
  const small = await loadPortfolio(superuser, {
    ...FULL,
    slug: "bench-few",
    buildings: SMALL_BUILDINGS,
    unitsABuilding: SMALL_UNITS,
  });
  const large = await loadPortfolio(superuser, { ...FULL, slug: "bench-many", buildings });
  await settle(superuser);
  const loadedS = (performance.now() - start) / 1_000;
  say(`${buildings * FULL.unitsABuilding} meters loaded after ${loadedS.toFixed(0)} s`);

  const visit = await signInVisitor(site, demoFile);
  const idle = percentile(await timePage(visit, "/healthz", VISITS), 99);
  const many = pagesOf(large);
  const few = pagesOf(small);
  const deep = await findDeepSale(superuser, large.organizationId, DEEP_PAGE);
  say(`history: page ${deep.page}`);
  const manyTimes = await timeAll(visit, {
    ...many,
    history: `${many.history}?after=${deep.after}`,
  });
  const fewTimes = await timeAll(visit, few);
  for (const [name, times] of manyTimes) {
    const value = percentile(times, 99);
    const beside = { what: "a page that asks nothing, p99 ms", value: idle };
    const figure = `console.page_p99_ms.${name}`;
    tellFigure({ bench, name: figure, value, unit: "ms", target: 150, beside });
  }
  for (const [name, times] of manyTimes) {
    const before = percentile(fewTimes.get(name) ?? [], 50);
    tellFigure({
      bench,
      name: `console.growth.${name}`,
      value: percentile(times, 50) / before,
      unit: "times",
      target: 1.5,
      beside: { what: "of 1,000 meters, median ms", value: before },
    });
  }
  const logFile = path.join(ROOT, ".data/bench/logs/postgres.log");
  for (const name of manyTimes.keys()) {
    const address = many[name] ?? "";
    const ask = () => visit(address);
    tellFigure({
      bench,
      name: `console.queries_per_page.${name}`,
      value: await countStatements(superuser, logFile, ask),
      unit: "statements",
      target: 8,
      beside: {
        what: "of the organization of 1,000 meters",
        value: await countStatements(superuser, logFile, () => visit(few[name] ?? "")),
      },
    });
    const { html } = await visit(address);
    const beside = { what: "kB of the page itself, before gzip", value: html.length / 1_000 };
    const value = scriptKilobytes(html, ROOT);
    tellFigure({
      bench,
      name: `console.js_gzip_kb.${name}`,
      value,
      unit: "kB",
      target: 220,
      beside,
    });
  }
  await tellYearChart(large);
  const { checkedS, wholeS } = await timeImport(large.userId, IMPORTED_UNITS);
  tellFigure({
    bench,
    name: "console.import_5000_units_s",
    value: wholeS,
    unit: "s",
    target: 30,
    beside: { what: "until the sheet was judged, s", value: checkedS },
  });
}

await measure();
process.exit(0);
