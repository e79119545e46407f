import { z } from "zod";
import { callScoped, inScope, systemScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { log, newId } from "@/lib/platform";
import { findServedMeter } from "@/lib/property";
import type { TokenIssuer } from "@/lib/signer";
import { findPurchase, openPurchase, vendPurchase } from "@/lib/vending";
import type { OpenSaleError, TakeCashError } from "../errors";

/**
 * Prices an amount for a meter at the desk that who asks is at. Asked again with the same request
 * key it is the same purchase. Refused as a quote is, without an open shift, for a meter the desk
 * does not sell for, and in another currency.
 */
export async function openSale(
  scope: OrgScope,
  asked: {
    readonly meterId: string;
    readonly amountText: string;
    readonly requestKey: string;
    readonly addressKey: string;
    readonly now: Date;
  },
): Promise<Result<{ readonly purchaseId: string }, OpenSaleError>> {
  const fault = await inScope(scope, async (tx) => {
    const { organizationId, userId } = scope;
    const shift = await tx.db.deskShift.findFirst({
      where: { organizationId, userId, state: { not: "closed" } },
      select: {
        state: true,
        desk: { select: { currency: true, buildings: { select: { buildingId: true } } } },
      },
    });
    if (!shift) return "no-shift" as const;
    if (shift.state !== "open") return "being-counted" as const;
    const served = await findServedMeter(tx, asked.meterId, asked.now);
    if (!served) return null;
    const { currency, buildings } = shift.desk;
    if (served.currency !== currency) return "other-currency" as const;
    const isOurs = buildings.some(({ buildingId }) => buildingId === served.buildingId);
    return buildings.length === 0 || isOurs ? null : ("not-this-building" as const);
  });
  if (fault) return err({ code: fault });
  const requestKey = `${scope.userId}|${asked.requestKey}`;
  const opened = await openPurchase(scope, { ...asked, channel: "desk", requestKey });
  return opened.ok ? ok({ purchaseId: opened.value.purchaseId }) : opened;
}

const soldForm = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.enum(["sold", "known"]), status: z.string() }),
  z.object({
    outcome: z.enum([
      ...["no-shift", "being-counted", "purchase-not-found", "other-currency"],
      ...["not-this-building", "price-expired", "too-little"],
    ] as const),
  }),
]);

/**
 * Takes the cash for a purchase that was priced at a desk, and makes its token. The payment is the
 * cash: booked once for a purchase, in the drawer of the shift that is open. Without a tendered
 * amount it was paid exactly. When the signer is away the purchase stays paid and the sweep goes on
 * with it: this is no refusal.
 */
export async function takeCash(
  scope: OrgScope,
  asked: {
    readonly purchaseId: string;
    readonly tenderedMinor: bigint | null;
    readonly issuer: TokenIssuer;
    readonly now: Date;
  },
): Promise<Result<null, TakeCashError>> {
  const { purchaseId, issuer, now } = asked;
  // Read in the scope first: of who is limited to buildings, a purchase elsewhere is not there.
  const purchase = await findPurchase(scope, purchaseId);
  if (!purchase) return err("purchase-not-found");
  const tenderedMinor = asked.tenderedMinor ?? purchase.quote.amountMinor;
  const ids = { paymentId: newId(), caseId: newId(), userId: scope.userId };
  const answer = soldForm.parse(
    await callScoped(scope, "desk_sell", { purchaseId, tenderedMinor, ...ids, now }),
  );
  if (answer.outcome !== "sold" && answer.outcome !== "known") return err(answer.outcome);
  const seller = systemScope(scope.organizationId, "cash desk");
  try {
    await vendPurchase(seller, { purchaseId, issuer, now });
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    log().warn({ purchaseId, error: name }, "sold for cash; the sweep will make the token");
  }
  return ok(null);
}
