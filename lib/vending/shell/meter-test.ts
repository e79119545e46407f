import { z } from "zod";
import {
  callScoped,
  callScopedIn,
  inScope,
  recordAudit,
  requestApproval,
  type ScopedTx,
} from "@/lib/access";
import { isWithinBuildings, type OrgScope, type Scope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { isId, newId } from "@/lib/platform";
import { findServedMeter } from "@/lib/property";
import { parseEnergySteps } from "../core/energy-steps";
import type { AnswerTestError, StartTestError } from "../errors";
import { METER_TEST, MOST_TEST_UNITS } from "./approved-issue";

// Whoever stands before a meter sees by how much its credit rises, and nobody else does: a token of
// an amount drawn by chance, typed in, proves whose it is (docs/decisions/015-meter-ownership.md).

const openForm = z.object({
  outcome: z.enum([
    "opened",
    "meter-not-found",
    "already-verified",
    "proved-elsewhere",
    "test-under-way",
    "tests-used-up",
  ]),
});

/** Takes the request for a second person back with it: both are one transaction. */
class TestRefused extends Error {
  readonly code: StartTestError["code"];
  constructor(code: StartTestError["code"]) {
    super(code);
    this.code = code;
  }
}

/**
 * Asks a second person for a meter's test token and gives the test's id. What is approved is the
 * most the token may add; how much it is, is drawn when it is made, and told to nobody.
 */
export async function startMeterTest(
  scope: OrgScope,
  wish: { readonly meterId: string; readonly reason: string; readonly now: Date },
): Promise<Result<string, StartTestError>> {
  try {
    return ok(await inScope(scope, (tx) => openTest(tx, wish)));
  } catch (error) {
    if (error instanceof TestRefused) return err({ code: error.code });
    throw error;
  }
}

async function openTest(
  tx: ScopedTx<OrgScope>,
  { meterId, reason, now }: Parameters<typeof startMeterTest>[1],
): Promise<string> {
  const { organizationId } = tx.scope;
  const meter = isId(meterId)
    ? await tx.db.meter.findFirst({
        where: { organizationId, id: meterId },
        select: { meterNumber: true },
      })
    : null;
  if (!meter) throw new TestRefused("meter-not-found");
  const buildingId = (await findServedMeter(tx, meterId, now))?.buildingId ?? null;
  if (!isWithinBuildings(tx.scope, buildingId)) throw new TestRefused("meter-not-found");
  const mostWh = String(MOST_TEST_UNITS * 100);
  const testId = newId();
  const approvalId = await requestApproval(tx, {
    kind: "free-issue",
    subjectKind: "meter",
    subjectId: meterId,
    buildingId,
    request: { purpose: METER_TEST, meterId, testId, mostWh },
    reason,
    now,
  });
  const opening = { testId, meterId, approvalId, now };
  const { outcome } = openForm.parse(await callScopedIn(tx, "meter_test_open", opening));
  if (outcome !== "opened") throw new TestRefused(outcome);
  await recordAudit(tx, {
    at: now,
    action: "meter.test-asked",
    subjectKind: "meter",
    subjectId: meterId,
    detail: { meterNumber: meter.meterNumber, testId },
  });
  return testId;
}

const answerForm = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("wrong"), triesLeft: z.number() }),
  z.object({ outcome: z.enum(["verified", "not-open", "too-late", "void", "proved-elsewhere"]) }),
]);

/**
 * By how much the meter's credit rose, as it was read. Right: the number is proved, and every other
 * claim on it frozen. Wrong three times: the test is void, and a new one needs a new approval.
 */
export async function answerMeterTest(
  scope: OrgScope,
  answer: {
    readonly meterId: string;
    readonly testId: string;
    readonly roseText: string;
    readonly now: Date;
  },
): Promise<Result<null, AnswerTestError>> {
  const { meterId, testId, roseText, now } = answer;
  const amountUnits = parseEnergySteps(roseText);
  if (amountUnits === null) return err({ code: "not-a-figure" });
  if (!isId(meterId) || !isId(testId)) return err({ code: "not-open" });
  return inScope(scope, async (tx): Promise<Result<null, AnswerTestError>> => {
    const buildingId = (await findServedMeter(tx, meterId, now))?.buildingId ?? null;
    if (!isWithinBuildings(scope, buildingId)) return err({ code: "not-open" });
    const given = { meterId, testId, amountUnits, now };
    const compared = answerForm.parse(await callScopedIn(tx, "meter_test_answer", given));
    const { outcome } = compared;
    const fact = { at: now, subjectKind: "meter", subjectId: meterId, detail: { testId } };
    if (outcome === "wrong" || outcome === "void") {
      await recordAudit(tx, { ...fact, action: "meter.test-failed" });
    }
    if (outcome === "verified") {
      await recordAudit(tx, { ...fact, action: "meter.verified", after: { state: "verified" } });
      return ok(null);
    }
    return outcome === "wrong"
      ? err({ code: outcome, triesLeft: compared.triesLeft })
      : err({ code: outcome });
  });
}

/** Ends a test that nobody answered within its three days. Harmless at any other time. */
export async function endMeterTest(scope: Scope, testId: string, now: Date): Promise<void> {
  await callScoped(scope, "meter_test_end", { testId, now });
}
