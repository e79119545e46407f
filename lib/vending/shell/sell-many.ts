import { randomInt } from "node:crypto";
import { z } from "zod";
import { callScopedMany, inScope } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { type CurrencyCode, parseAmount } from "@/lib/money";
import { newId, processEnv } from "@/lib/platform";
import type { IssueOutcome, TokenIssuer } from "@/lib/signer";
import { requireVersion, type TariffVersionInForce } from "@/lib/tariffs";
import { addressHash, purchaseSecret, receiptSeries, requestHash } from "../core/purchase-address";
import { MOST_TOKENS, quoteFigures } from "../core/quote";
import { basisOf, readStandings, type Standing, standingAfter } from "./price-basis";
import { pricingOf, quoteArguments } from "./pricing";

// The purchase's life for many at once: the same functions of the database, the same signer, in the
// same order, but one statement a step for all of them. For the past of a demo; a person's purchase
// goes by `openPurchase`, which looks up itself what is said here.

/** What is bought, for whom and at which price, by somebody who knows all of it. */
export type PricedSale = {
  readonly buildingId: string;
  readonly unitId: string;
  readonly meterId: string;
  readonly installationId: string;
  readonly occupancyId: string;
  readonly leaseId: string | null;
  readonly currency: CurrencyCode;
  readonly tariffVersionId: string;
  readonly amountText: string;
  readonly now: Date;
};

/** A purchase on its way to be paid. */
export type OpenedSale = {
  readonly purchaseId: string;
  readonly meterId: string;
  readonly attemptId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly returnPath: string;
  readonly now: Date;
};

const openedForm = z.array(z.object({ outcome: z.literal("opened"), purchaseId: z.string() }));
const startedForm = z.array(z.object({ outcome: z.literal("started"), attemptId: z.string() }));
const reservedForm = z.array(z.object({ outcome: z.literal("reserved"), tokenSetId: z.string() }));
const issuedForm = z.array(z.object({ outcome: z.literal("issued") }));

const SETS_A_REQUEST = 100;

/**
 * Prices sales, opens their purchases and goes to pay. Those of one occupancy come in the order of
 * time: each price stands on the one before, and the first on what is stored, so that a batch is
 * vended before the next is opened. Throws where a price cannot be given.
 */
export async function openMany(
  scope: SystemScope,
  batch: {
    readonly sales: readonly PricedSale[];
    readonly endpointId: string;
    readonly addressKey: string;
  },
): Promise<readonly OpenedSale[]> {
  const { sales, endpointId, addressKey } = batch;
  const { versions, standings } = await standingsOf(scope, sales);
  const opened = sales.map((sale) => {
    const version = versions.get(sale.tariffVersionId);
    assert(version, "every version was read");
    return purchaseOf(sale, { version, standings, addressKey });
  });
  openedForm.parse(
    await callScopedMany(
      scope,
      "purchase_open",
      opened.map(({ open }) => open),
    ),
  );
  const started = startedForm.parse(
    await callScopedMany(
      scope,
      "purchase_start_payment",
      opened.map(({ open }) => ({
        purchaseId: open.id,
        attemptId: newId(),
        endpointId,
        now: open.now,
      })),
    ),
  );
  return opened.map(({ open, returnPath }, place) => {
    const { id: purchaseId, meterId, amountMinor, currency, now } = open;
    const attemptId = started[place]?.attemptId ?? "";
    return { purchaseId, meterId, attemptId, amountMinor, currency, returnPath, now };
  });
}

function standingsOf(scope: SystemScope, sales: readonly PricedSale[]) {
  const versionIds = new Set(sales.map(({ tariffVersionId }) => tariffVersionId));
  const payers = new Map(sales.map((sale) => [sale.occupancyId, sale]));
  return inScope(scope, async (tx) => {
    const versions = new Map<string, TariffVersionInForce>();
    for (const id of versionIds) versions.set(id, await requireVersion(tx, id));
    return { versions, standings: await readStandings(tx, [...payers.values()]) };
  });
}

function purchaseOf(
  { amountText, tariffVersionId, ...sale }: PricedSale,
  by: {
    readonly version: TariffVersionInForce;
    readonly standings: Map<string, Standing>;
    readonly addressKey: string;
  },
) {
  const { meterId, occupancyId, currency, now } = sale;
  const amount = parseAmount(amountText, currency);
  assert(amount.ok, "a sale of many has an amount");
  const amountMinor = amount.value;
  const standing = by.standings.get(occupancyId);
  assert(standing, "an occupancy has a wallet");
  const figures = quoteFigures({
    pricing: pricingOf(by.version, currency),
    amountMinor,
    basis: basisOf(standing, by.version, now),
  });
  assert(figures.ok, "a sale of many is priced");
  by.standings.set(occupancyId, standingAfter(standing, figures.value));
  const id = newId();
  const secret = purchaseSecret(by.addressKey, id);
  const validSeconds = processEnv().QUOTE_VALID_SECONDS;
  const made = { id: newId(), figures: figures.value, tariffVersionId, now, validSeconds };
  const open = {
    ...sale,
    id,
    scope: "web",
    requestKey: newId(),
    requestHash: requestHash({ meterId, amountMinor }),
    amountMinor,
    secretHash: addressHash(secret),
    quote: quoteArguments(made),
  };
  return { open, returnPath: `/t/${secret}` };
}

type Paid = { readonly purchaseId: string; readonly meterId: string; readonly now: Date };

/**
 * Brings paid purchases to their tokens: reserved in this order, which is that of time for a meter,
 * issued by the signer, finished. Throws where one cannot be had; a sweep would come back to those.
 */
export async function vendMany(
  scope: SystemScope,
  { paid, issuer }: { readonly paid: readonly Paid[]; readonly issuer: TokenIssuer },
): Promise<void> {
  const { organizationId } = scope;
  const reserved = reservedForm.parse(
    await callScopedMany(
      scope,
      "vend_reserve",
      paid.map(({ purchaseId, now }) => ({
        purchaseId,
        tokenSetId: newId(),
        randomNibbles: Array.from({ length: MOST_TOKENS }, () => randomInt(16)),
        now,
      })),
    ),
  );
  const tokenSetIds = reserved.map(({ tokenSetId }) => tokenSetId);
  const requests: Promise<readonly IssueOutcome[]>[] = [];
  for (let from = 0; from < tokenSetIds.length; from += SETS_A_REQUEST) {
    const some = tokenSetIds.slice(from, from + SETS_A_REQUEST);
    requests.push(issuer.issue({ organizationId, tokenSetIds: some }));
  }
  const outcomes = (await Promise.all(requests)).flat();
  const finished = paid.map(({ purchaseId, meterId, now }, place) => {
    const outcome = outcomes[place];
    assert(outcome?.outcome === "issued", "the signer issues what is reserved");
    assert(outcome.tokenSetId === tokenSetIds[place], "the signer answers in the order asked");
    const series = receiptSeries("W", meterId);
    return { purchaseId, tokens: outcome.tokens, receiptSeries: series, now };
  });
  // By series, so that of two batches none waits for a counter whose holder waits for its own.
  const inOrder = finished.toSorted((a, b) => a.receiptSeries.localeCompare(b.receiptSeries));
  issuedForm.parse(await callScopedMany(scope, "vend_finish", inOrder));
}
