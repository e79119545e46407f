import { chainAudit, systemScope } from "@/lib/access";
import type { SystemScope, WorkItem } from "@/lib/access/shared";
import { forgetRequests } from "@/lib/api";
import { assert, unreachable } from "@/lib/kernel";
import { planBuildingRollUp, refreshCredit, rollUpBuilding, rollUpUsage } from "@/lib/metering";
import { applyImport } from "@/lib/onboarding";
import { askAboutClaim, askProvider, giveBackPayment, type Providers } from "@/lib/payments";
import { log } from "@/lib/platform";
import { type CallbackRoute, sendCallback } from "@/lib/practice";
import { forgetEndedLease, recordContested } from "@/lib/property";
import type { SignerClient } from "@/lib/signer";
import {
  auditIssue,
  auditPurchase,
  endMeterTest,
  expirePurchase,
  findPurchase,
  finishIssue,
  refundPurchase,
  vendPurchase,
} from "@/lib/vending";
import type { WorkHandler } from "./work-loop";

// A provider is asked about a payment for a day after it was begun; by then it has told us, or it
// will tell us by its webhook, which makes even an expired purchase paid.
const POLL_FOR_MS = 24 * 60 * 60 * 1_000;

type Outside = {
  readonly issuer: SignerClient;
  readonly providers: Providers;
  /** How the practice provider reaches our webhook; null in production, where there is none. */
  readonly callback: CallbackRoute | null;
};

/** The handler for every kind of work: each brings its subject a step on, or finds it there. */
export function workHandler(outside: Outside): WorkHandler {
  return (item, now) => {
    const { kind } = item;
    switch (kind) {
      case "purchase.vend":
      case "purchase.issue":
        return vend(item, outside, now);
      case "purchase.issued":
        return audit(item, now);
      case "payment.poll":
        return poll(item, outside, now);
      case "payment.refund":
        return refund(item, outside, now);
      case "payment.return":
        return giveBack(item, outside, now);
      case "payment.confirm":
        return confirm(item, outside, now);
      case "practice.callback":
        return callBack(item, outside, now);
      case "lease.ended":
        return forgetEndedLease(scopeOf(item), item.subjectId, now);
      case "issue.issue":
        return issue(item, outside, now);
      case "issue.issued":
        return auditIssued(item);
      case "meter.contested":
        return recordContested(scopeOf(item), item.subjectId, now).then(() => true);
      case "meter.test-end":
        return endMeterTest(scopeOf(item), item.subjectId, now).then(() => true);
      case "meter.rollup":
        return rollUp(item, now);
      case "building.rollup":
        return rollUpBuilding(scopeOf(item), item.subjectId).then(() => true);
      case "import.apply":
        return applyImport(scopeOf(item), item.subjectId, now).then(() => true);
      case "api.forget":
        return forgetRequests(scopeOf(item), item.subjectId, now).then(() => true);
      case "audit.chain":
        return chain(item, outside, now);
      default:
        return unreachable(kind);
    }
  };
}

const scopeOf = (item: WorkItem) => systemScope(item.organizationId, `sweep: ${item.kind}`);

async function vend(item: WorkItem, outside: Outside, now: Date): Promise<boolean> {
  const purchaseId = item.subjectId;
  const status = await vendPurchase(scopeOf(item), { purchaseId, issuer: outside.issuer, now });
  return status !== "paid" && status !== "reserved" && status !== "in_doubt";
}

async function issue(item: WorkItem, outside: Outside, now: Date): Promise<boolean> {
  const approvalId = item.subjectId;
  await finishIssue(scopeOf(item), { approvalId, issuer: outside.issuer, now });
  return true;
}

async function auditIssued(item: WorkItem): Promise<boolean> {
  const findings = await auditIssue(scopeOf(item), item.subjectId);
  if (findings.length > 0) {
    log().error({ approvalId: item.subjectId, findings }, "an approved issue breaks an invariant");
  }
  return findings.length === 0;
}

/**
 * The running audit: a finding is an alarm and keeps its row, so that it is raised until mended.
 */
async function audit(item: WorkItem, now: Date): Promise<boolean> {
  const scope = scopeOf(item);
  const purchase = await findPurchase(scope, item.subjectId);
  if (purchase) await drawAnew(scope, purchase, now);
  const findings = await auditPurchase(scope, item.subjectId);
  if (findings.length > 0) {
    log().error({ purchaseId: item.subjectId, findings }, "a purchase breaks an invariant");
  }
  return findings.length === 0;
}

async function rollUp(item: WorkItem, now: Date): Promise<boolean> {
  const scope = scopeOf(item);
  const served = await rollUpUsage(scope, item.subjectId);
  if (served) await drawAnew(scope, served, now);
  return true;
}

/** What pages of a unit and its building are drawn from, after a sale or a reading. */
async function drawAnew(
  scope: SystemScope,
  { unitId, buildingId }: { readonly unitId: string; readonly buildingId: string },
  now: Date,
): Promise<void> {
  await refreshCredit(scope, unitId, now);
  await planBuildingRollUp(scope, buildingId, now);
}

async function poll(item: WorkItem, outside: Outside, now: Date): Promise<boolean> {
  const scope = scopeOf(item);
  const purchaseId = item.subjectId;
  const { issuer, providers } = outside;
  const { answer } = await askProvider(scope, { purchaseId, providers, now });
  if (answer === "settled") await vendPurchase(scope, { purchaseId, issuer, now });
  if (answer === "settled" || answer === "declined") return true;
  const purchase = await findPurchase(scope, purchaseId);
  if (!purchase) return true;
  if (purchase.status === "awaiting_payment" && purchase.quote.expiresAt <= now) {
    await expirePurchase(scope, { purchaseId, now });
  }
  const isStillOpen = purchase.status === "awaiting_payment" || purchase.status === "expired";
  return !isStillOpen || now.getTime() - purchase.createdAt.getTime() > POLL_FOR_MS;
}

function refund(item: WorkItem, outside: Outside, now: Date): Promise<boolean> {
  const { providers } = outside;
  return refundPurchase(scopeOf(item), { purchaseId: item.subjectId, providers, now });
}

function giveBack(item: WorkItem, outside: Outside, now: Date): Promise<boolean> {
  const { providers } = outside;
  return giveBackPayment(scopeOf(item), { paymentId: item.subjectId, providers, now });
}

function confirm(item: WorkItem, { providers }: Outside, now: Date): Promise<boolean> {
  return askAboutClaim(scopeOf(item), { claimId: item.subjectId, providers, now });
}

function callBack(item: WorkItem, outside: Outside, now: Date): Promise<boolean> {
  const { callback } = outside;
  assert(callback !== null, "practice calls are planned in practice alone");
  return sendCallback(scopeOf(item), { checkoutId: item.subjectId, ...callback, now });
}

/** The link first, for it needs nobody; the signature when the signer is there again. */
async function chain(item: WorkItem, outside: Outside, now: Date): Promise<boolean> {
  await chainAudit(scopeOf(item), now);
  const { outcome } = await outside.issuer.signAuditHead(item.organizationId);
  return outcome !== "rewritten";
}
