import { randomInt } from "node:crypto";
import { z } from "zod";
import {
  callScoped,
  callScopedIn,
  findApproval,
  inScope,
  recordAudit,
  requestApproval,
  type ScopedTx,
} from "@/lib/access";
import type { OrgScope, Scope } from "@/lib/access/shared";
import { isWithinBuildings } from "@/lib/access/shared";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { isId, newId } from "@/lib/platform";
import { findServedMeter } from "@/lib/property";
import type { TokenIssuer } from "@/lib/signer";
import { amountOfLine, findVersionInForce, NOTHING_DUE } from "@/lib/tariffs";
import { MAXIMUM_TOKEN_UNITS, TOKEN_STEP_WH } from "../core/quote";
import type { IssueError, RequestIssueError } from "../errors";
import { pricingOf } from "./pricing";

// A token that nobody pays for (docs/decisions/014-approved-issue.md): asked for with a reason,
// approved by a second person, then made in a sale's three steps: reserve, signer, finish.
// The approval is used by the reservation itself, in the database, and by nothing else.

/** The most a test token adds: five kilowatt-hours. */
export const MOST_TEST_UNITS = 50;
export const METER_TEST = "meter-test";

/**
 * Asks a second person for a token without payment and gives the request's id. Refused where its
 * value could not be booked: a meter that serves nobody, or without a price.
 */
export function requestFreeIssue(
  scope: OrgScope,
  wish: {
    readonly meterId: string;
    readonly energyWh: bigint;
    readonly reason: string;
    readonly now: Date;
  },
): Promise<Result<string, RequestIssueError>> {
  const { meterId, energyWh, now } = wish;
  const reason = wish.reason.trim();
  return inScope(scope, async (tx): Promise<Result<string, RequestIssueError>> => {
    const served = isId(meterId) ? await findServedMeter(tx, meterId, now) : null;
    if (!served || !isWithinBuildings(scope, served.buildingId)) {
      return err({ code: "meter-not-found" });
    }
    if (served.status === "blocked") return err({ code: "meter-blocked" });
    if (served.proof === "contested") return err({ code: "meter-contested" });
    const isStepped = energyWh > 0n && energyWh % TOKEN_STEP_WH === 0n;
    if (!isStepped || energyWh / TOKEN_STEP_WH > MAXIMUM_TOKEN_UNITS) {
      return err({ code: "energy-out-of-range" });
    }
    if (reason === "") return err({ code: "reason-missing" });
    const value = await fullValueOf(tx, { meterId, energyWh, now });
    if (!value?.occupancyId) return err({ code: "meter-not-in-use" });
    if (!value.isPriced) return err({ code: "no-price-in-force" });
    const { buildingId } = served;
    const request = { meterId, energyWh: energyWh.toString() };
    const about = { subjectKind: "meter", subjectId: meterId, buildingId };
    return ok(await requestApproval(tx, { kind: "free-issue", ...about, request, reason, now }));
  });
}

const MAY_WAIT = ["not-approved", "expired", "other-request", "waits-for-minute"] as const;
const IS_STOPPED = [
  "meter-blocked",
  "meter-contested",
  "meter-not-in-use",
  "key-not-usable",
] as const;
const reserveForm = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("reserved"), isNew: z.boolean().default(false) }),
  z.object({ outcome: z.enum([...MAY_WAIT, ...IS_STOPPED]) }),
]);

type Issuing = {
  readonly approvalId: string;
  readonly issuer: TokenIssuer;
  readonly now: Date;
};

/**
 * Makes the token that was approved and gives its digits; asked again, the same ones. Throws when
 * the signer is away: what is reserved stays so, and the worker comes back to it.
 */
export async function issueApproved(
  scope: OrgScope,
  issuing: Issuing,
): Promise<Result<readonly string[], IssueError>> {
  const reserved = await inScope(scope, (tx) => reserve(tx, issuing));
  if (!reserved.ok) return reserved;
  const outcome = await finishIssue(scope, issuing);
  return outcome === "issued"
    ? ok(await digitsOf(scope, issuing.approvalId))
    : err({ code: outcome });
}

async function reserve(
  tx: ScopedTx<OrgScope>,
  { approvalId, now }: Issuing,
): Promise<Result<null, IssueError>> {
  const approval = await findApproval(tx, approvalId);
  if (approval?.kind !== "free-issue") return err({ code: "not-found" });
  const { request } = approval;
  const meterId = String(request.meterId);
  const isTest = request.purpose === METER_TEST;
  // Of a test nobody knows the amount: it is drawn here, and stands in the reservation alone.
  const units = isTest
    ? BigInt(randomInt(1, MOST_TEST_UNITS + 1))
    : BigInt(request.energyWh ?? 0) / TOKEN_STEP_WH;
  const value = await fullValueOf(tx, { meterId, energyWh: units * TOKEN_STEP_WH, now });
  if (!isTest && !value?.isPriced) {
    return err({ code: value?.occupancyId ? "no-price-in-force" : "meter-not-in-use" });
  }
  const answer = reserveForm.parse(
    await callScopedIn(tx, "issue_reserve", {
      approvalId,
      meterId,
      tokenSetId: newId(),
      amountUnits: units,
      randomNibble: randomInt(16),
      value,
      now,
    }),
  );
  if (answer.outcome !== "reserved") return err({ code: answer.outcome });
  if (answer.isNew) await recordUse(tx, { approvalId, meterId, isTest, units, now });
  return ok(null);
}

async function recordUse(
  tx: ScopedTx,
  used: {
    readonly approvalId: string;
    readonly meterId: string;
    readonly isTest: boolean;
    readonly units: bigint;
    readonly now: Date;
  },
): Promise<void> {
  const { approvalId, meterId, isTest, units, now } = used;
  await recordAudit(tx, {
    at: now,
    action: "approval.used",
    subjectKind: "approval",
    subjectId: approvalId,
    detail: { kind: "free-issue" },
  });
  // Of a test the amount must not be found anywhere until the meter has told it.
  const energy = isTest ? {} : { energyWh: (units * TOKEN_STEP_WH).toString() };
  await recordAudit(tx, {
    at: now,
    action: "issue.reserved",
    subjectKind: "meter",
    subjectId: meterId,
    detail: { approvalId },
    after: { purpose: isTest ? METER_TEST : "free-issue", ...energy },
  });
}

/**
 * What a free token is worth, and for whom, by the tariff in force; as the SQL function books it.
 * Null for a meter that serves no unit; nothing is priced where nobody holds it or no price is.
 */
async function fullValueOf(
  tx: ScopedTx,
  given: { readonly meterId: string; readonly energyWh: bigint; readonly now: Date },
) {
  const { meterId, energyWh, now } = given;
  const served = await findServedMeter(tx, meterId, now);
  if (!served) return null;
  const { buildingId, occupancyId, currency, tariffId } = served;
  const version = occupancyId && (await findVersionInForce(tx, tariffId, now));
  if (!version) return { buildingId, occupancyId, isPriced: false } as const;
  const { costOf, priceOf } = pricingOf(version, currency);
  const price = priceOf(costOf(energyWh, NOTHING_DUE), NOTHING_DUE);
  assert(price.ok, "what an energy costs buys it");
  const { spentMinor, includedTaxMinor } = price.value;
  const taxMinor = amountOfLine(price.value, "tax");
  return {
    buildingId,
    occupancyId,
    currency,
    tariffVersionId: version.tariffVersionId,
    energyMinor: spentMinor - taxMinor - includedTaxMinor,
    taxMinor: taxMinor + includedTaxMinor,
    isPriced: true,
  } as const;
}

/**
 * Brings a reserved issue to its token, or to the signer's refusal, which takes its value back.
 * Harmless at any time and from any process; throws when the signer is away.
 */
export async function finishIssue(
  scope: Scope,
  { approvalId, issuer, now }: Issuing,
): Promise<"issued" | "refused"> {
  const { organizationId } = scope;
  const set = await inScope(scope, (tx) =>
    tx.db.tokenSet.findUniqueOrThrow({
      where: { organizationId_approvalId: { organizationId, approvalId } },
      select: { id: true },
    }),
  );
  const answers = await issuer.issue({ organizationId, tokenSetIds: [set.id] });
  const answer = answers.find((each) => each.tokenSetId === set.id);
  assert(answer && answer.outcome !== "unknown", "the signer sees every committed reservation");
  if (answer.outcome === "refused") {
    const reason = `the signer refused: ${answer.refusal}`;
    await callScoped(scope, "issue_give_up", { approvalId, reason, now });
    return "refused";
  }
  await callScoped(scope, "issue_finish", { approvalId, tokens: answer.tokens, now });
  return "issued";
}

async function digitsOf(scope: Scope, approvalId: string): Promise<readonly string[]> {
  const { organizationId } = scope;
  const tokens = await inScope(scope, (tx) =>
    tx.db.meterToken.findMany({
      where: { organizationId, reservation: { tokenSet: { approvalId } } },
      select: { digits: true },
      orderBy: { position: "asc" },
    }),
  );
  return tokens.map(({ digits }) => digits);
}
