import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { callScoped, inScope } from "@/lib/access";
import { newId } from "@/lib/platform";
import { NOTHING_DUE, priceOfAmount, requireVersion } from "@/lib/tariffs";
import { goToPay } from "@/prisma/seed/practice-sale";
import { recordOf, walletOf } from "@/prisma/seed/purchase-record";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { addTariffVersion } from "@/prisma/seed/tariff-version";
import { auditPurchase, expirePurchase, type PurchaseStatus, vendPurchase } from "..";
import { LEGAL_TRANSITIONS } from "../core/purchase-states";

// The purchase beside a model of it that fits on a page: whatever people, providers and sweeps do,
// in any order, both are in the same state and carry the same money and watt-hours.
// VOLTLET_MODEL_RUNS asks for more runs; a failure prints the seed and path that replay it.

const RUNS = Number(process.env.VOLTLET_MODEL_RUNS ?? 25);
const NOW = new Date("2026-06-29T08:30:00Z");
const MINUTE_MS = 60_000;
const STEPS = [
  { upToKwh: "20", price: "10" },
  { upToKwh: null, price: "17" },
];

type Bought = { readonly amountMinor: bigint; status: PurchaseStatus };
type Model = {
  minute: number;
  carriedWh: bigint;
  walletMinor: bigint;
  month: number;
  monthWh: bigint;
  readonly bought: Bought[];
};
type Real = {
  readonly shop: Shop;
  readonly version: Awaited<ReturnType<typeof versionOf>>;
  readonly ids: { readonly purchaseId: string; readonly checkoutPath: string }[];
};

let signer: SignerProcess;
beforeAll(async () => {
  signer = await startSigner();
});
afterAll(() => signer.stop());

const nowOf = ({ minute }: Model) => new Date(NOW.getTime() + minute * MINUTE_MS);
const monthOf = (at: Date) => new Date(at.getTime() + 180 * MINUTE_MS).getUTCMonth();

async function versionOf(shop: Shop) {
  const id = await addTariffVersion(shop.meter.flat, {
    pricePerKwh: "10",
    startsAt: new Date(NOW.getTime() + MINUTE_MS),
    more: { tax: { code: "VAT", percent: "0" }, steps: STEPS },
  });
  return inScope(shop.meter.scope, (tx) => requireVersion(tx, id));
}

const legal = (from: PurchaseStatus, to: PurchaseStatus) =>
  LEGAL_TRANSITIONS.some(([one, other]) => one === from && other === to);

/** Both stand alike after every step. */
async function expectAlike(model: Model, { shop, ids }: Real): Promise<void> {
  const { scope, occupancyId } = shop.meter;
  const records = await Promise.all(ids.map(({ purchaseId }) => recordOf(scope, purchaseId)));
  expect(records.map(({ status }) => status)).toEqual(model.bought.map(({ status }) => status));
  const { carriedWh, walletMinor: balanceMinor } = model;
  expect(await walletOf(scope, occupancyId)).toMatchObject({ carriedWh, balanceMinor });
  for (const [place, sold] of records.entries()) {
    const sum = Object.values(sold.balances).reduce((total, amount) => total + amount, 0n);
    expect(sum).toBe(0n);
    const isSold = sold.status === "issued";
    expect(sold.digits.length > 0).toBe(isSold);
    if (isSold) expect(await auditPurchase(scope, ids[place]?.purchaseId ?? "")).toEqual([]);
  }
}

type Command = fc.AsyncCommand<Model, Real>;

const passes = (minutes: number): Command => ({
  check: () => true,
  run: async (model) => {
    model.minute += minutes;
  },
  toString: () => `${minutes} minutes pass`,
});

const opens = (shillings: number): Command => ({
  check: () => true,
  run: async (model, real) => {
    model.minute += 1;
    const sale = {
      meterId: real.shop.meter.meterId,
      amountText: `${shillings}`,
      now: nowOf(model),
    };
    real.ids.push(await goToPay(real.shop.meter.scope, sale, real.shop.tools));
    model.bought.push({ amountMinor: BigInt(shillings) * 100n, status: "awaiting_payment" });
    await expectAlike(model, real);
  },
  toString: () => `somebody goes to pay ${shillings}`,
});

/** A step of one of the purchases that stand; `of` is taken round and round. */
function step(
  name: string,
  of: number,
  run: (bought: Bought, id: Real["ids"][number], both: [Model, Real]) => Promise<void>,
): Command {
  return {
    check: ({ bought }) => bought.length > 0,
    run: async (model, real) => {
      const place = of % model.bought.length;
      const bought = model.bought[place];
      const id = real.ids[place];
      if (!bought || !id) return;
      model.minute += 1;
      await run(bought, id, [model, real]);
      await expectAlike(model, real);
    },
    toString: () => `${name} ${of}`,
  };
}

const moneyComes = (of: number) =>
  step("money comes for", of, async (bought, { purchaseId }, [model, { shop }]) => {
    const { scope } = shop.meter;
    const { organizationId } = scope;
    const attempt = await inScope(scope, (tx) =>
      tx.db.paymentAttempt.findFirstOrThrow({ where: { organizationId, purchaseId } }),
    );
    const { id: attemptId, amountMinor, currency } = attempt;
    const id = newId();
    const money = { attemptId, provider: "practice", providerReference: id, amountMinor, currency };
    const told = { ...money, paymentId: id, now: nowOf(model) };
    // Told twice, as providers do.
    await callScoped(scope, "payment_record", told);
    await callScoped(scope, "payment_record", { ...told, paymentId: newId() });
    if (legal(bought.status, "paid")) bought.status = "paid";
    else model.walletMinor += bought.amountMinor;
  });

const expires = (of: number) =>
  step("the price runs out for", of, async (bought, { purchaseId }, [model, { shop }]) => {
    await expirePurchase(shop.meter.scope, { purchaseId, now: nowOf(model) });
    if (legal(bought.status, "expired")) bought.status = "expired";
  });

const vends = (of: number) =>
  step("the sweep vends", of, async (bought, { purchaseId }, [model, { shop, version }]) => {
    const now = nowOf(model);
    const { issuer } = shop.tools;
    // Asked twice at once, as the web and a sweep do.
    await Promise.all([
      vendPurchase(shop.meter.scope, { purchaseId, issuer, now }),
      vendPurchase(shop.meter.scope, { purchaseId, issuer, now }),
    ]);
    if (bought.status !== "paid") return;
    sellInModel(model, bought, version);
  });

function sellInModel(model: Model, bought: Bought, { definition }: Real["version"]): void {
  const month = monthOf(nowOf(model));
  const before = model.month === month ? model.monthWh : 0n;
  const price = priceOfAmount({
    definition,
    currency: "KES",
    amountMinor: bought.amountMinor + model.walletMinor,
    basis: { ...NOTHING_DUE, monthToDateWh: before },
  });
  if (!price.ok) throw new Error("every amount here buys something");
  const { energyWh, unspentMinor } = price.value;
  model.month = month;
  model.monthWh = before + energyWh;
  model.carriedWh = (model.carriedWh + energyWh) % 100n;
  model.walletMinor = unspentMinor;
  bought.status = "issued";
}

const place = fc.nat({ max: 5 });
const commands = fc.commands(
  [
    fc.integer({ min: 5, max: 400 }).map(opens),
    place.map(moneyComes),
    place.map(moneyComes),
    place.map(vends),
    place.map(vends),
    place.map(expires),
    fc.constantFrom(3, 20, 900, 2_000).map(passes),
  ],
  { maxCommands: 18 },
);

it("a purchase does what its model does, whoever acts and in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (drawn) => {
      const shop = await openShop(signer.issuer, NOW);
      const version = await versionOf(shop);
      const real: Real = { shop, version, ids: [] };
      const model: Model = {
        minute: 1,
        carriedWh: 0n,
        walletMinor: 0n,
        month: -1,
        monthWh: 0n,
        bought: [],
      };
      await fc.asyncModelRun(() => ({ model, real }), drawn);
    }),
    { numRuns: RUNS },
  );
}, 600_000);
