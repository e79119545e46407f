import { z } from "zod";
import { callScoped, inScope, type ScopedTx, withinBuildings } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { parseAmount } from "@/lib/money";
import { newId, processEnv } from "@/lib/platform";
import { findOwnLease, findServedMeter, type ServedMeter } from "@/lib/property";
import { findVersionInForce } from "@/lib/tariffs";
import { addressHash, purchaseSecret, requestHash } from "../core/purchase-address";
import { quoteFigures } from "../core/quote";
import type { OpenPurchaseError } from "../errors";
import { readBasis } from "./price-basis";
import { pricingOf, quoteArguments, requireCurrency } from "./pricing";

const answerForm = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("opened"), purchaseId: z.string() }),
  z.object({ outcome: z.literal("request-key-reused") }),
]);

export type OpenedPurchase = { readonly purchaseId: string; readonly secret: string };

/**
 * Prices an amount for a meter and opens a purchase with that quote. The amount is as typed, in the
 * building's currency. One request key opens one purchase, however often it arrives: the same key
 * with the same meter and amount gives the same purchase and address, with other content it is
 * refused. `addressKey` is the installation's secret for purchase addresses.
 */
export async function openPurchase(
  scope: Scope,
  request: {
    readonly meterId: string;
    readonly amountText: string;
    readonly channel: "web" | "api" | "desk";
    readonly requestKey: string;
    readonly addressKey: string;
    readonly now: Date;
    /** Who buys, where somebody is signed in: of a shared room their lease is noted. */
    readonly buyerId?: string;
  },
): Promise<Result<OpenedPurchase, OpenPurchaseError>> {
  const prepared = await inScope(
    scope,
    async (tx) => (await findRepeated(tx, request)) ?? prepare(tx, request),
  );
  if (!prepared.ok) return prepared;
  if ("purchaseId" in prepared.value) return ok(openedAs(prepared.value.purchaseId, request));
  const { served, leaseId, amountMinor, quote } = prepared.value;
  const id = newId();
  const secret = purchaseSecret(request.addressKey, id);
  const answer = answerForm.parse(
    await callScoped(scope, "purchase_open", {
      id,
      scope: request.channel,
      requestKey: request.requestKey,
      requestHash: requestHash({ meterId: request.meterId, amountMinor }),
      buildingId: served.buildingId,
      unitId: served.unitId,
      meterId: served.meterId,
      installationId: served.installationId,
      occupancyId: served.occupancyId,
      leaseId,
      amountMinor,
      currency: served.currency,
      secretHash: addressHash(secret),
      quote,
      now: request.now,
    }),
  );
  if (answer.outcome === "request-key-reused") return err({ code: "request-key-reused" });
  return ok(openedAs(answer.purchaseId, request));
}

type Request = Parameters<typeof openPurchase>[1];

function openedAs(purchaseId: string, { addressKey }: Request): OpenedPurchase {
  return { purchaseId, secret: purchaseSecret(addressKey, purchaseId) };
}

/**
 * The purchase that an earlier request with this key opened; null for a key nobody used. Asked
 * before anything else, for a repeat gets its answer also when the meter could not be sold to now.
 */
async function findRepeated(tx: ScopedTx, request: Request) {
  const { organizationId } = tx.scope;
  const { channel, requestKey, meterId, amountText } = request;
  const stands = await tx.db.purchase.findUnique({
    where: {
      organizationId_scope_requestKey: { organizationId, scope: channel, requestKey },
      ...withinBuildings(tx.scope, "buildingId"),
    },
    select: { id: true, currency: true, requestHash: true },
  });
  if (!stands) return null;
  const amount = parseAmount(amountText, requireCurrency(stands.currency));
  const asked = amount.ok && requestHash({ meterId, amountMinor: amount.value });
  if (asked !== Buffer.from(stands.requestHash).toString("hex")) {
    return err({ code: "request-key-reused" } as const);
  }
  return ok({ purchaseId: stands.id });
}

async function prepare(tx: ScopedTx, request: Request) {
  const { meterId, amountText, now } = request;
  const served = await findServedMeter(tx, meterId, now);
  if (!served) return err({ code: "meter-not-found" } as const);
  if (served.status === "blocked") return err({ code: "meter-blocked" } as const);
  if (served.proof === "contested") return err({ code: "meter-contested" } as const);
  if (!served.occupancyId) return err({ code: "meter-not-in-use" } as const);
  // Money taken now would wait; better it is not taken. What is paid already waits by itself.
  const closure = await tx.db.salesClosure.findFirst({
    where: { reopenedAt: null },
    select: { closedAt: true },
  });
  if (closure) return err({ code: "sales-closed" } as const);
  const currency = requireCurrency(served.currency);
  const amount = parseAmount(amountText, currency);
  if (!amount.ok) return err({ code: "amount-invalid", fault: amount.error } as const);
  const version = await findVersionInForce(tx, served.tariffId, now);
  if (!version) return err({ code: "no-price-in-force" } as const);
  const leaseId = served.leaseId ?? (await findBuyersLease(tx, request, served));
  const payer = { occupancyId: served.occupancyId, leaseId };
  const figures = quoteFigures({
    pricing: pricingOf(version, currency),
    amountMinor: amount.value,
    basis: await readBasis(tx, { ...payer, version, now }),
  });
  if (!figures.ok) return figures;
  const validSeconds = processEnv().QUOTE_VALID_SECONDS;
  const { tariffVersionId } = version;
  const made = { id: newId(), figures: figures.value, tariffVersionId, now, validSeconds };
  return ok({ served, leaseId, amountMinor: amount.value, quote: quoteArguments(made) });
}

/** In a room let by its beds: the lease of who buys, where that is somebody who lives there. */
function findBuyersLease(tx: ScopedTx, { buyerId, now }: Request, served: ServedMeter) {
  if (buyerId === undefined) return null;
  const { unitId, timeZone } = served;
  return findOwnLease(tx, { unitId, userId: buyerId, timeZone, at: now });
}
