import { createHash, randomBytes } from "node:crypto";
import { callScoped } from "@/lib/access";
import { newId } from "@/lib/platform";
import type { Flat } from "./flat";

export type PayablePurchase = {
  readonly purchaseId: string;
  readonly attemptId: string;
  readonly amountMinor: bigint;
  readonly currency: "KES";
};

const VALID_MS = 900_000;

/** Of a price that takes nothing but energy and tax. */
export const UNBURDENED = {
  walletMinor: 0n,
  ownerFeeMinor: 0n,
  includedTaxMinor: 0n,
  unspentMinor: 0n,
  charges: [],
  arrearsBeforeMinor: 0n,
  monthBeforeWh: 0n,
} as const;

/**
 * For database tests below vending: a purchase of 500 shillings for a flat, priced by hand, that
 * has gone to an endpoint to be paid.
 */
export async function makePayablePurchase(
  flat: Flat,
  endpointId: string,
  now: Date,
): Promise<PayablePurchase> {
  const { scope } = flat;
  const purchaseId = newId();
  const attemptId = newId();
  const amountMinor = 50_000n;
  const secretHash = createHash("sha256").update(randomBytes(16)).digest("hex");
  await callScoped(scope, "purchase_open", {
    id: purchaseId,
    scope: "web",
    requestKey: purchaseId,
    requestHash: secretHash,
    buildingId: flat.buildingId,
    unitId: flat.unitId,
    meterId: flat.meterId,
    installationId: flat.installationId,
    occupancyId: flat.occupancyId,
    leaseId: flat.leaseId,
    amountMinor,
    currency: "KES",
    secretHash,
    quote: quoteOfFiveHundred(flat.tariffVersionId, now),
    now,
  });
  await callScoped(scope, "purchase_start_payment", { purchaseId, attemptId, endpointId, now });
  return { purchaseId, attemptId, amountMinor, currency: "KES" };
}

/** 431.03 of energy at 25 shillings is 17.241 kWh; 172 units of 0.1 kWh, and 41 Wh carried. */
function quoteOfFiveHundred(tariffVersionId: string, now: Date) {
  return {
    id: newId(),
    tariffVersionId,
    amountMinor: 50_000n,
    lines: [
      { code: "energy", amountMinor: 43_103n },
      { code: "tax", amountMinor: 6_897n },
    ],
    ...UNBURDENED,
    month: `${now.toISOString().slice(0, 7)}-01`,
    basisUntil: new Date(now.getTime() + VALID_MS),
    energyWh: 17_241n,
    carriedBeforeWh: 0n,
    carriedAfterWh: 41n,
    tokenUnits: 172,
    createdAt: now,
    expiresAt: new Date(now.getTime() + VALID_MS),
  };
}
