import { claimWork, completeAll } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import type { PracticeSigner, TokenIssuer } from "@/lib/signer";
import { auditPurchases, openMany, type PricedSale, vendMany } from "@/lib/vending";
import { payForMany } from "../practice-sales-many";
import type { PlacedBuilding } from "./move-in";

export type SellTools = {
  readonly issuer: TokenIssuer & PracticeSigner;
  readonly addressKey: string;
};

/** A statement's worth: long enough to be quick, short enough for its locks. */
const SALES_A_BATCH = 300;
const LANES = 3;
const AUDITED_AT_ONCE = 1_000;

/**
 * All sales of the buildings, in lanes beside each other. A unit is in one lane and its sales in
 * the order of time, for prices stand on what the one before left over and token ids rise.
 */
export async function sellAll(
  scope: SystemScope,
  work: {
    readonly buildings: readonly PlacedBuilding[];
    readonly endpointId: string;
    readonly tools: SellTools;
  },
): Promise<number> {
  const { buildings, endpointId, tools } = work;
  const lanes: PricedSale[][] = Array.from({ length: LANES }, () => []);
  const units = buildings.flatMap((building) =>
    building.units.map((unit) => salesOf(building, unit)),
  );
  for (const [index, sales] of units.entries()) lanes[index % LANES]?.push(...sales);
  await Promise.all(
    lanes.map(async (lane) => {
      const sales = lane.toSorted((a, b) => a.now.getTime() - b.now.getTime());
      for (let from = 0; from < sales.length; from += SALES_A_BATCH) {
        const some = sales.slice(from, from + SALES_A_BATCH);
        await sellBatch(scope, { sales: some, endpointId, tools });
      }
    }),
  );
  return lanes.reduce((sum, lane) => sum + lane.length, 0);
}

function salesOf(
  building: PlacedBuilding,
  unit: PlacedBuilding["units"][number],
): readonly PricedSale[] {
  return unit.drawn.sales.map((sale) => {
    const meter = unit.meters[sale.meter];
    const version = building.versions.findLast(({ startsAt }) => startsAt <= sale.at);
    assert(meter && version, "a drawn sale has a meter and a price");
    return {
      buildingId: building.id,
      unitId: unit.id,
      meterId: meter.id,
      installationId: meter.installationId,
      occupancyId: unit.occupancyIds[sale.occupancy] ?? "",
      leaseId: sale.lease === null ? null : (unit.leaseIds[sale.lease] ?? null),
      currency: building.drawn.currency,
      tariffVersionId: version.id,
      amountText: sale.amountText,
      now: sale.at,
    };
  });
}

async function sellBatch(
  scope: SystemScope,
  batch: {
    readonly sales: readonly PricedSale[];
    readonly endpointId: string;
    readonly tools: SellTools;
  },
): Promise<void> {
  const { sales, endpointId, tools } = batch;
  const { issuer, addressKey } = tools;
  const opened = await openMany(scope, { sales, endpointId, addressKey });
  const { recorded } = await payForMany(scope, { opened, endpointId });
  assert(
    recorded.every(({ outcome }) => outcome === "paid"),
    "the demo's money pays its purchases",
  );
  await vendMany(scope, { paid: opened, issuer });
}

/**
 * What the worker would do for each sale, for all of them: the running audit. Throws where one does
 * not hold; those that hold are done.
 */
export async function auditAll(scope: SystemScope, now: Date): Promise<void> {
  for (;;) {
    const items = await claimWork("outbox", now, AUDITED_AT_ONCE);
    if (items.length === 0) return;
    assert(
      items.every(({ kind }) => kind === "purchase.issued"),
      "every sale of the demo is issued",
    );
    const ids = items.map(({ subjectId }) => subjectId);
    const findings = await auditPurchases(scope, ids);
    assert(findings.size === 0, "the demo's sales hold their invariants");
    await completeAll("outbox", items);
  }
}
