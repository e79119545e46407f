import { readFileSync } from "node:fs";
import path from "node:path";
import { systemScope } from "@/lib/access";
import { parseDecimal } from "@/lib/money";
import { signerClient } from "@/lib/signer";
import { NOTHING_DUE, priceOfAmount, type TariffDefinition } from "@/lib/tariffs";
import { vendPurchase } from "@/lib/vending";
import { percentile, tellFigure } from "./parts/figure";
import { type Timed, timeEach } from "./parts/lanes";
import { loadSellers, makePaid, type PaidPurchase, type Sellers } from "./parts/sellers";
import { measureTpcB } from "./parts/tpc-b";
import { measureFunctions } from "./parts/vend-functions";

// What a sale costs: the two functions alone beside TPC-B, and the whole way from a paid purchase
// to its token, with the signer's own process and the real cipher. Sixteen clients, fsync on, the
// load on the same machine; the median of five runs. `--meters N`, `--runs N` make it smaller.

const bench = "vend";
const CLIENTS = 16;
const TPC_B_SECONDS = 8;
const {
  DATABASE_URL_SUPERUSER: superuser = "",
  DATABASE_URL_WEB: web = "",
  SIGNER_SOCKET: socket = "",
  VOLTLET_RUN: run = "",
} = process.env;
const issuer = signerClient(socket);

function numberFrom(args: readonly string[], name: string, usual: number): number {
  const named = Number(args[args.indexOf(`--${name}`) + 1]);
  return args.includes(`--${name}`) && named > 0 ? named : usual;
}

const args = process.argv.slice(2);
const METERS = numberFrom(args, "meters", 20_000);
const RUNS = numberFrom(args, "runs", 5);
const ORGANIZATIONS = 16;

/** Runs a measurement again and again and gives the middle of its figures. */
async function medianOf(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let turn = 0; turn < RUNS; turn += 1) values.push(await measure());
  return percentile(values, 50);
}

async function tellFunctions(sellers: Sellers): Promise<void> {
  const tpcB: number[] = [];
  const value = await medianOf(async () => {
    const seconds = TPC_B_SECONDS;
    const peer = await measureTpcB(superuser, { clients: CLIENTS, seconds });
    tpcB.push(peer);
    const paid = await makePaid(superuser, sellers, METERS);
    return (await measureFunctions({ superuser, web, paid, clients: CLIENTS })) / peer;
  });
  const what = "TPC-B by one function call, scale 20, the same clients and run, a second";
  const beside = { what, value: percentile(tpcB, 50) };
  tellFigure({ bench, name: "vend.function_vs_tpcb", value, unit: "times", target: 0.6, beside });
}

/** The whole way, in this process as in the web's: reserve, the signer, finish. */
async function measureService(sellers: Sellers): Promise<Timed> {
  const paid = await makePaid(superuser, sellers, METERS);
  return timeEach(paid, CLIENTS, async ({ organizationId, purchaseId }) => {
    const scope = systemScope(organizationId, "bench");
    const status = await vendPurchase(scope, { purchaseId, issuer, now: new Date() });
    if (status !== "issued") throw new Error(`a purchase ended ${status}`);
  });
}

async function tellService(sellers: Sellers): Promise<number> {
  const p99s: number[] = [];
  const perSecond = await medianOf(async () => {
    const timed = await measureService(sellers);
    p99s.push(percentile(timed.timesMs, 99));
    return timed.perSecond;
  });
  const bare = { what: "the same in a batch of one client, a second", value: await alone(sellers) };
  tellFigure({
    bench,
    name: "vend.service_per_s",
    value: perSecond,
    unit: "vends/s",
    target: 2_000,
    beside: bare,
  });
  tellFigure({
    bench,
    name: "vend.service_p99_ms",
    value: percentile(p99s, 50),
    unit: "ms",
    target: 25,
    beside: { what: "vends a second in the same runs", value: perSecond },
  });
  return perSecond;
}

async function alone(sellers: Sellers): Promise<number> {
  const paid = await makePaid(superuser, sellers, Math.min(METERS, 1_000));
  const { perSecond } = await timeEach(paid, 1, ({ organizationId, purchaseId }) =>
    vendPurchase(systemScope(organizationId, "bench"), { purchaseId, issuer, now: new Date() }),
  );
  return perSecond;
}

async function tellHotOrganization(hot: Sellers, spread: number): Promise<void> {
  const perSecond = await medianOf(async () => (await measureService(hot)).perSecond);
  const beside = { what: "spread over 16 organizations, vends a second", value: spread };
  const name = "vend.hot_organization";
  tellFigure({ bench, name, value: perSecond / spread, unit: "times", target: 0.8, beside });
}

/** Sixty buyers of one meter at once: token ids go up to 59 minutes ahead. */
async function tellHotMeter(sellers: Sellers): Promise<void> {
  const [organizationId = ""] = sellers.organizationIds;
  const BUYERS = 60;
  const paid: PaidPurchase[] = [];
  const one = {
    ...sellers,
    table: `(SELECT * FROM ${sellers.table}
    WHERE organization_id = '${organizationId}' ORDER BY number DESC LIMIT 1)`,
  };
  for (let buyer = 0; buyer < BUYERS; buyer += 1) paid.push(...(await makePaid(superuser, one, 1)));
  const scope = systemScope(organizationId, "bench");
  const now = new Date();
  const start = performance.now();
  const statuses = await Promise.all(
    paid.map(({ purchaseId }) => vendPurchase(scope, { purchaseId, issuer, now })),
  );
  const seconds = (performance.now() - start) / 1_000;
  const issued = statuses.filter((status) => status === "issued").length;
  tellFigure({
    bench,
    name: "vend.hot_meter_60_s",
    value: seconds,
    unit: "s",
    target: 1,
    beside: { what: "issued of 60 buyers", value: issued },
  });
}

const decimal = (text: string) => {
  const parsed = parseDecimal(text);
  if (!parsed.ok) throw new Error(`not a decimal: ${text}`);
  return parsed.value;
};

/** Seven levies, a standing charge and three steps: the richest tariff that a utility publishes. */
const RICH: TariffDefinition = {
  pricesIncludeTax: false,
  tax: { code: "vat", percent: decimal("16") },
  fee: { percent: decimal("2.5"), fixed: decimal("5"), bearer: "resident" },
  arrears: { maxPercent: decimal("30") },
  fixed: [
    {
      code: "standing",
      taxable: true,
      maxPercentOfPurchase: decimal("50"),
      amount: decimal("150"),
      per: "month",
      whenUnpaid: "accumulate",
    },
  ],
  steps: [
    { upToWh: 50_000n, price: decimal("2.50") },
    { upToWh: 1_500_000n, price: decimal("13.68") },
    { upToWh: null, price: decimal("21.57") },
  ],
  levies: ["5.71", "0.17", "0.18", "0.05", "0.03"].map((perKwh, place) => ({
    code: `levy-${place}`,
    taxable: place < 2,
    perKwh: decimal(perKwh),
  })),
  energyTaxable: true,
};

function tellQuote(): void {
  const basis = {
    ...NOTHING_DUE,
    arrearsMinor: 100_000n,
    fixedDueMinor: new Map([["standing", 15_000n]]),
  };
  const times = Array.from({ length: 20_000 }, (_, turn) => {
    const amountMinor = 10_000n + BigInt(turn);
    const start = performance.now();
    priceOfAmount({ definition: RICH, currency: "KES", amountMinor, basis });
    return performance.now() - start;
  });
  tellFigure({
    bench,
    name: "vend.quote_p99_ms",
    value: percentile(times, 99),
    unit: "ms",
    target: 2,
    beside: { what: "median ms of the same prices", value: percentile(times, 50) },
  });
}

/** The worker would audit what is sold meanwhile, on the same two cores: it stands still. */
function holdWorker(signal: "SIGSTOP" | "SIGCONT"): void {
  const [pid] = readFileSync(path.join(run, "worker.pid"), "utf8").split("\n");
  process.kill(Number(pid), signal);
}

async function measure(): Promise<void> {
  if (!superuser || !web || !socket) throw new Error("run it with npm run -s bench vend");
  holdWorker("SIGSTOP");
  try {
    const spread = { organizations: ORGANIZATIONS, metersEach: Math.ceil(METERS / ORGANIZATIONS) };
    const sellers = await loadSellers(superuser, issuer, { name: "spread", ...spread });
    const one = { organizations: 1, metersEach: METERS };
    const hot = await loadSellers(superuser, issuer, { name: "hot", ...one });
    tellQuote();
    await tellFunctions(sellers);
    await tellHotOrganization(hot, await tellService(sellers));
    await tellHotMeter(hot);
  } finally {
    holdWorker("SIGCONT");
  }
}

await measure();

process.exit(0);
