import { inScope, type ScopedTx } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { type CurrencyCode, parseCurrencyCode } from "@/lib/money";
import { isId } from "@/lib/platform";
import type { TariffDefinition } from "../core/tariff-definition";
import { parseDefinition } from "./definition-form";

export type VersionView = {
  readonly id: string;
  readonly startsAt: Date;
  readonly state: "active" | "waiting" | "withdrawn";
  readonly isInForce: boolean;
  readonly createdAt: Date;
  /** Null where nobody in person made it. */
  readonly createdBy: string | null;
  readonly referenceTariffId: string | null;
  readonly definition: TariffDefinition;
};

export type TariffView = {
  readonly id: string;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly buildingNames: readonly string[];
  /** The newest start first. */
  readonly versions: readonly VersionView[];
};

/** An organization has a handful; a list longer than this would be no list. */
const MOST_TARIFFS = 200;

const SELECT = {
  id: true,
  name: true,
  currency: true,
  versions: { orderBy: { startsAt: "desc" } },
  buildings: { select: { name: true }, orderBy: { name: "asc" } },
} as const;

/** The organization's tariffs with all their versions, by name. */
export function listTariffs(scope: Scope, now: Date): Promise<readonly TariffView[]> {
  return inScope(scope, async (tx) => {
    const rows = await tx.db.tariff.findMany({
      where: { organizationId: tx.scope.organizationId },
      select: SELECT,
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: MOST_TARIFFS,
    });
    return rows.map((row) => viewOf(row, now));
  });
}

/** One tariff; null for another organization's. */
export function findTariff(scope: Scope, id: string, now: Date): Promise<TariffView | null> {
  return inScope(scope, async (tx) => {
    const row = isId(id) ? await findRow(tx, id) : null;
    return row && viewOf(row, now);
  });
}

const findRow = (tx: ScopedTx, id: string) =>
  tx.db.tariff.findFirst({
    where: { organizationId: tx.scope.organizationId, id },
    select: SELECT,
  });

type Row = NonNullable<Awaited<ReturnType<typeof findRow>>>;

function viewOf({ id, name, currency, versions, buildings }: Row, now: Date): TariffView {
  const code = parseCurrencyCode(currency);
  assert(code.ok, "a stored currency is known");
  const inForce = versions.find(({ state, startsAt }) => state === "active" && startsAt <= now);
  return {
    id,
    name,
    currency: code.value,
    buildingNames: buildings.map((building) => building.name),
    versions: versions.map((version) => {
      const parsed = parseDefinition(version.definition);
      assert(parsed.ok, "a stored tariff definition can be read");
      return {
        ...version,
        state: stateOf(version.state),
        isInForce: version === inForce,
        definition: parsed.value,
      };
    }),
  };
}

function stateOf(stored: string): VersionView["state"] {
  const state = (["active", "waiting", "withdrawn"] as const).find((each) => each === stored);
  assert(state, "a stored state is known");
  return state;
}
