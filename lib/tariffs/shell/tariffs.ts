import { inScope, recordAudit, type ScopedTx } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { assert, err, ok, type Result } from "@/lib/kernel";
import type { CurrencyCode } from "@/lib/money";
import { newId } from "@/lib/platform";
import type { StoredDefinition } from "../core/stored-definition";
import type { TariffDefinition } from "../core/tariff-definition";
import { parseDefinition } from "./definition-form";

export type TariffVersionInForce = {
  readonly tariffVersionId: string;
  readonly startsAt: Date;
  readonly definition: TariffDefinition;
};

/**
 * A tariff with its first version. `definition` is the stored form (prices in major units for a kWh
 * as decimal strings); refused with the path of the first fault.
 */
export async function createTariff(
  scope: Scope,
  input: {
    readonly name: string;
    readonly currency: CurrencyCode;
    readonly definition: StoredDefinition;
    readonly startsAt: Date;
    readonly now: Date;
  },
): Promise<Result<string, { readonly code: "tariff-invalid"; readonly path: string }>> {
  const parsed = parseDefinition(input.definition);
  if (!parsed.ok) return err(parsed.error);
  const { organizationId } = scope;
  const id = newId();
  await inScope(scope, async (tx) => {
    await tx.db.tariff.createMany({
      data: [{ organizationId, id, name: input.name, currency: input.currency }],
    });
    await tx.db.tariffVersion.createMany({
      data: [
        {
          organizationId,
          id: newId(),
          tariffId: id,
          startsAt: input.startsAt,
          definition: input.definition,
          createdAt: input.now,
        },
      ],
    });
    await recordAudit(tx, {
      at: input.now,
      action: "tariff.created",
      subjectKind: "tariff",
      subjectId: id,
      detail: {},
      after: { price: input.definition.steps[0]?.price ?? "" },
    });
  });
  return ok(id);
}

/** A tariff without a price yet: its first version is scheduled like every other. */
export async function addTariff(
  scope: Scope,
  input: { readonly name: string; readonly currency: CurrencyCode; readonly now: Date },
): Promise<string> {
  const { organizationId } = scope;
  const { name, currency, now } = input;
  const id = newId();
  await inScope(scope, async (tx) => {
    await tx.db.tariff.createMany({ data: [{ organizationId, id, name, currency }] });
    await recordAudit(tx, {
      at: now,
      action: "tariff.created",
      subjectKind: "tariff",
      subjectId: id,
      detail: {},
      after: { name, currency },
    });
  });
  return id;
}

/** The version of a tariff in force at an instant; null before the first one starts. */
export async function findVersionInForce(
  tx: ScopedTx,
  tariffId: string,
  at: Date,
): Promise<TariffVersionInForce | null> {
  const version = await tx.db.tariffVersion.findFirst({
    where: {
      organizationId: tx.scope.organizationId,
      tariffId,
      state: "active",
      startsAt: { lte: at },
    },
    orderBy: { startsAt: "desc" },
    select: { id: true, startsAt: true, definition: true },
  });
  if (!version) return null;
  const { id, startsAt, definition } = version;
  return { tariffVersionId: id, startsAt, definition: definitionOf(definition) };
}

/** One version by its id, as a quote names it: it never changed, so it prices as it did then. */
export async function requireVersion(
  tx: ScopedTx,
  tariffVersionId: string,
): Promise<TariffVersionInForce> {
  const { organizationId } = tx.scope;
  const version = await tx.db.tariffVersion.findUniqueOrThrow({
    where: { organizationId_id: { organizationId, id: tariffVersionId } },
    select: { startsAt: true, definition: true },
  });
  const { startsAt, definition } = version;
  return { tariffVersionId, startsAt, definition: definitionOf(definition) };
}

function definitionOf(stored: unknown): TariffDefinition {
  const parsed = parseDefinition(stored);
  assert(parsed.ok, "a stored tariff definition can be read");
  return parsed.value;
}
