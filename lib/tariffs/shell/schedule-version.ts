import { createHash } from "node:crypto";
import { inScope, recordAudit, requestApproval, type ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { parseCurrencyCode } from "@/lib/money";
import { isId, newId } from "@/lib/platform";
import { compareTariffs, isAboveReference } from "../core/compare-tariffs";
import type { StoredDefinition } from "../core/stored-definition";
import type { TariffDefinition } from "../core/tariff-definition";
import type { ScheduleError } from "../errors";
import { parseDefinition } from "./definition-form";
import { findReference, referencesOf } from "./references";

export type NewVersion = {
  readonly tariffId: string;
  readonly definition: StoredDefinition;
  /** Null is at once, for a tariff that nobody bought at yet. */
  readonly startsAt: Date | null;
  /** The published tariff it is compared with; null for none. */
  readonly referenceTariffId: string | null;
  /** For the second person, where one is needed. */
  readonly reason: string;
  readonly now: Date;
};

export type Scheduled = { readonly versionId: string; readonly state: "active" | "waiting" };

/**
 * A new version of a tariff. One that costs more than its reference in a month that is compared, or
 * that is compared with nothing or with another reference than the version before it, waits for a
 * second person; until then what is in force stays in force.
 */
export function scheduleVersion(
  scope: OrgScope,
  version: NewVersion,
): Promise<Result<Scheduled, ScheduleError>> {
  return inScope(scope, async (tx): Promise<Result<Scheduled, ScheduleError>> => {
    const checked = await check(tx, version);
    if (!checked.ok) return checked;
    const { startsAt, needsSecond } = checked.value;
    const { tariffId, definition, referenceTariffId, now } = version;
    const versionId = newId();
    // Who waits for the instant itself is told, not the database's error.
    if (await isTaken(tx, tariffId, startsAt)) return err({ code: "start-taken" });
    const approvalId = needsSecond ? await ask(tx, version, { versionId, startsAt }) : null;
    const state = approvalId ? "waiting" : "active";
    const { organizationId, userId } = scope;
    await tx.db.tariffVersion.createMany({
      data: [
        {
          organizationId,
          id: versionId,
          tariffId,
          startsAt,
          definition,
          createdAt: now,
          createdBy: userId,
          state,
          approvalId,
          referenceTariffId,
        },
      ],
    });
    await recordAudit(tx, {
      at: now,
      action: "tariff.version-scheduled",
      subjectKind: "tariff",
      subjectId: tariffId,
      detail: { versionId, state },
      after: { price: definition.steps[0]?.price ?? "", startsAt: startsAt.toISOString() },
    });
    return ok({ versionId, state });
  });
}

type Checked = { readonly startsAt: Date; readonly needsSecond: boolean };

async function check(
  tx: ScopedTx<OrgScope>,
  version: NewVersion,
): Promise<Result<Checked, ScheduleError>> {
  const { organizationId } = tx.scope;
  const { tariffId, referenceTariffId, now } = version;
  if (!isId(tariffId)) return err({ code: "not-found" });
  // Two versions of one tariff at once follow each other: each must see what the other made.
  await tx.db
    .$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`tariff ${tariffId}`}, 0))::text`;
  const tariff = await tx.db.tariff.findFirst({
    where: { organizationId, id: tariffId },
    select: { currency: true },
  });
  if (!tariff) return err({ code: "not-found" });
  const parsed = parseDefinition(version.definition);
  if (!parsed.ok) return err(parsed.error);
  const startsAt = version.startsAt ?? now;
  if (startsAt <= now && (await isUsed(tx, tariffId))) return err({ code: "starts-in-past" });
  const currency = parseCurrencyCode(tariff.currency);
  assert(currency.ok, "a stored currency is known");
  const reference = referenceTariffId
    ? await findReference(tx, referenceTariffId, currency.value)
    : null;
  if (referenceTariffId && !reference) return err({ code: "reference-unknown" });
  const given = { own: parsed.value, reference: reference?.definition, currency: currency.value };
  const needsSecond =
    isAbove(given) || (await changesReference(tx, { ...given, tariffId, referenceTariffId }));
  if (needsSecond && version.reason.trim() === "") return err({ code: "reason-missing" });
  return ok({ startsAt: later(startsAt, now), needsSecond });
}

const later = (one: Date, other: Date) => (one > other ? one : other);

type Compared = {
  readonly own: TariffDefinition;
  readonly reference: TariffDefinition | undefined;
  readonly currency: Parameters<typeof compareTariffs>[0]["currency"];
};

function isAbove({ own, reference, currency }: Compared): boolean {
  return reference !== undefined && isAboveReference(compareTariffs({ own, reference, currency }));
}

/** Leaving the reference out, or taking a dearer one, must not be the way past it. */
async function changesReference(
  tx: ScopedTx,
  given: Compared & { readonly tariffId: string; readonly referenceTariffId: string | null },
): Promise<boolean> {
  const { organizationId } = tx.scope;
  const { tariffId, referenceTariffId, currency } = given;
  const before = await tx.db.tariffVersion.findFirst({
    where: { organizationId, tariffId, state: "active", referenceTariffId: { not: null } },
    orderBy: { startsAt: "desc" },
    select: { referenceTariffId: true },
  });
  if (before) return before.referenceTariffId !== referenceTariffId;
  return referenceTariffId === null && (await referencesOf(tx, currency)).length > 0;
}

/** Whether a purchase was ever priced by the tariff. */
export async function isUsed(tx: ScopedTx, tariffId: string): Promise<boolean> {
  const { organizationId } = tx.scope;
  const quote = await tx.db.quote.findFirst({
    where: { organizationId, tariffVersion: { tariffId } },
    select: { id: true },
  });
  return quote !== null;
}

async function isTaken(tx: ScopedTx, tariffId: string, startsAt: Date): Promise<boolean> {
  const { organizationId } = tx.scope;
  const state = { not: "withdrawn" };
  return (
    (await tx.db.tariffVersion.count({ where: { organizationId, tariffId, startsAt, state } })) > 0
  );
}

function ask(
  tx: ScopedTx<OrgScope>,
  version: NewVersion,
  made: { readonly versionId: string; readonly startsAt: Date },
): Promise<string> {
  const { tariffId, definition, referenceTariffId, reason, now } = version;
  const content = { ...made, definition, referenceTariffId };
  return requestApproval(tx, {
    kind: "tariff-above-reference",
    subjectKind: "tariff",
    subjectId: tariffId,
    buildingId: null,
    request: approvedContent(content),
    reason: reason.trim(),
    now,
  });
}

/** What is approved: this version, with exactly this definition, from this instant on. */
export function approvedContent(version: {
  readonly versionId: string;
  readonly startsAt: Date;
  readonly definition: unknown;
  readonly referenceTariffId: string | null;
}) {
  const { versionId, startsAt, definition, referenceTariffId } = version;
  return {
    versionId,
    startsAt: startsAt.toISOString(),
    definitionHash: createHash("sha256").update(canonicalJson(definition)).digest("hex"),
    referenceTariffId: referenceTariffId ?? "",
  };
}

/** JSON with the members in order: the database gives them back in an order of its own. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const written = members.map(([name, one]) => `${JSON.stringify(name)}:${canonicalJson(one)}`);
  return `{${written.join(",")}}`;
}
