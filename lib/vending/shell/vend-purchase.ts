import { randomInt } from "node:crypto";
import { z } from "zod";
import { callScoped, inScope } from "@/lib/access";
import { assert, unreachable } from "@/lib/kernel";
import { newId, processEnv } from "@/lib/platform";
import type { TokenIssuer } from "@/lib/signer";
import { findVersionInForce, requireVersion } from "@/lib/tariffs";
import { receiptSeries } from "../core/purchase-address";
import type { PurchaseStatus } from "../core/purchase-states";
import { MOST_TOKENS, quoteFigures } from "../core/quote";
import type { ActingScope } from "./acting-scope";
import { inTurn } from "./in-turn";
import { readBasis } from "./price-basis";
import { pricingOf, quoteArguments, requireCurrency } from "./pricing";

// This is where a paid purchase becomes a token. Three steps, each of which can be asked again:
// reserve (one transaction), the signer (journal first), finish (one transaction). Whoever dies in
// between, the next call takes up where it was left: the reservation says the same token again.

const statusForm = z.string().transform((text) => text as PurchaseStatus);
const reserveForm = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("reserved"), tokenSetId: z.string(), meterId: z.string() }),
  z.object({ outcome: z.literal("not-paid"), status: statusForm }),
  z.object({ outcome: z.enum(["quote-expired", "basis-changed"]) }),
  z.object({ outcome: z.enum(["meter-blocked", "meter-not-installed", "key-not-usable"]) }),
  z.object({ outcome: z.literal("meter-contested") }),
  z.object({ outcome: z.literal("waits-for-minute") }),
]);
type Reserved = z.infer<typeof reserveForm>;
const finishForm = z.object({ status: statusForm });

// A basis can change between quoting and reserving only while another sale of the same occupancy
// commits; each round lets one of them through.
const MOST_ROUNDS = 100;

type Vend = {
  readonly purchaseId: string;
  readonly issuer: TokenIssuer;
  readonly now: Date;
};

/**
 * Brings a paid purchase to its token, or to its refund where no token can be had, and gives the
 * state it is in then. Calling it again, at any time and from any process, is harmless. Throws when
 * the signer or the database is away: the purchase stays as it is and the sweep comes back to it.
 */
export async function vendPurchase(scope: ActingScope, vend: Vend): Promise<PurchaseStatus> {
  const answer = await reserve(scope, vend);
  if (!isPricedAnew(answer)) return follow(scope, vend, answer);
  const occupancyId = await occupancyOf(scope, vend.purchaseId);
  // Only the price waits its turn: the signer and the finish of one sale do not hold up the next.
  const settled = await inTurn(occupancyId, () => priceUntilReserved(scope, vend, answer));
  if (settled !== null) return follow(scope, vend, settled);
  return giveUp(scope, vend, "the price has changed and the amount no longer buys a token");
}

/** Null where the amount no longer buys a token. */
async function priceUntilReserved(
  scope: ActingScope,
  vend: Vend,
  first: Outdated,
): Promise<Settled | null> {
  let answer: Reserved = first;
  for (let round = 0; isPricedAnew(answer); round += 1) {
    if (round === MOST_ROUNDS) throw new Error("the basis of a purchase kept changing");
    if (!(await requote(scope, vend, answer.outcome === "quote-expired"))) return null;
    answer = await reserve(scope, vend);
  }
  return answer;
}

async function reserve(scope: ActingScope, { purchaseId, now }: Vend): Promise<Reserved> {
  const randomNibbles = Array.from({ length: MOST_TOKENS }, () => randomInt(16));
  const asked = { purchaseId, tokenSetId: newId(), randomNibbles, now };
  return reserveForm.parse(await callScoped(scope, "vend_reserve", asked));
}

type Outdated = Extract<Reserved, { readonly outcome: "quote-expired" | "basis-changed" }>;
type Settled = Exclude<Reserved, Outdated>;

function isPricedAnew(answer: Reserved): answer is Outdated {
  return answer.outcome === "quote-expired" || answer.outcome === "basis-changed";
}

/** What comes of an answer that no other price changes. */
function follow(
  scope: ActingScope,
  vend: Vend,
  answer: Settled,
): PurchaseStatus | Promise<PurchaseStatus> {
  switch (answer.outcome) {
    case "reserved":
      return issue(scope, vend, answer);
    case "not-paid":
      return isReserved(answer.status) ? issueAgain(scope, vend) : answer.status;
    case "meter-blocked":
      return giveUp(scope, vend, "the meter is blocked");
    case "meter-contested":
      return giveUp(scope, vend, "the meter's number is contested");
    case "meter-not-installed":
      return giveUp(scope, vend, "the meter no longer serves this unit");
    case "key-not-usable":
      return giveUp(scope, vend, "the meter's vending key cannot be used");
    case "waits-for-minute":
      return "paid";
    default:
      return unreachable(answer);
  }
}

async function occupancyOf(scope: ActingScope, purchaseId: string): Promise<string> {
  const { organizationId } = scope;
  const { occupancyId } = await inScope(scope, (tx) =>
    tx.db.purchase.findUniqueOrThrow({
      where: { organizationId_id: { organizationId, id: purchaseId } },
      select: { occupancyId: true },
    }),
  );
  return occupancyId;
}

function isReserved(status: PurchaseStatus): boolean {
  return status === "reserved" || status === "in_doubt";
}

/** What another call reserved, or this one before it was cut off. */
async function issueAgain(scope: ActingScope, vend: Vend): Promise<PurchaseStatus> {
  const { organizationId } = scope;
  const { purchaseId } = vend;
  const set = await inScope(scope, (tx) =>
    tx.db.tokenSet.findUniqueOrThrow({
      where: { organizationId_purchaseId: { organizationId, purchaseId } },
      select: { id: true, meterId: true },
    }),
  );
  return issue(scope, vend, { tokenSetId: set.id, meterId: set.meterId });
}

async function issue(
  scope: ActingScope,
  vend: Vend,
  { tokenSetId, meterId }: { readonly tokenSetId: string; readonly meterId: string },
): Promise<PurchaseStatus> {
  const { organizationId } = scope;
  const { purchaseId, issuer, now } = vend;
  const answers = await issuer.issue({ organizationId, tokenSetIds: [tokenSetId] });
  const answer = answers.find((each) => each.tokenSetId === tokenSetId);
  assert(answer && answer.outcome !== "unknown", "the signer sees every committed reservation");
  if (answer.outcome === "refused") {
    return giveUp(scope, vend, `the signer refused: ${answer.refusal}`);
  }
  const finished = await callScoped(scope, "vend_finish", {
    purchaseId,
    tokens: answer.tokens,
    receiptSeries: receiptSeries("W", meterId),
    now,
  });
  return finishForm.parse(finished).status;
}

async function giveUp(scope: ActingScope, vend: Vend, reason: string): Promise<PurchaseStatus> {
  const { purchaseId, now } = vend;
  const answer = await callScoped(scope, "vend_give_up", { purchaseId, reason, now });
  return finishForm.parse(answer).status;
}

/**
 * Prices a paid purchase anew: at its own version where only the basis changed, at the version in
 * force where the money came late. False where the amount no longer buys a token.
 */
async function requote(scope: ActingScope, vend: Vend, isLate: boolean): Promise<boolean> {
  const { purchaseId, now } = vend;
  const { organizationId } = scope;
  const quote = await inScope(scope, async (tx) => {
    const purchase = await tx.db.purchase.findUniqueOrThrow({
      where: { organizationId_id: { organizationId, id: purchaseId } },
      select: {
        amountMinor: true,
        currency: true,
        occupancyId: true,
        leaseId: true,
        building: { select: { tariffId: true } },
        quotes: { select: { tariffVersionId: true }, orderBy: { createdAt: "desc" }, take: 1 },
      },
    });
    const last = purchase.quotes[0];
    assert(last, "a purchase has a quote");
    const version = isLate
      ? await findVersionInForce(tx, purchase.building.tariffId, now)
      : await requireVersion(tx, last.tariffVersionId);
    if (!version) return null;
    const figures = quoteFigures({
      pricing: pricingOf(version, requireCurrency(purchase.currency)),
      amountMinor: purchase.amountMinor,
      basis: await readBasis(tx, { ...purchase, version, now }),
    });
    if (!figures.ok) return null;
    return quoteArguments({
      id: newId(),
      figures: figures.value,
      tariffVersionId: version.tariffVersionId,
      now,
      validSeconds: processEnv().QUOTE_VALID_SECONDS,
    });
  });
  if (!quote) return false;
  await callScoped(scope, "purchase_requote", { purchaseId, quote });
  return true;
}
