import { inScope, type ScopedTx } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { type CurrencyCode, parseCurrencyCode } from "@/lib/money";
import { isId } from "@/lib/platform";
import type { TariffDefinition } from "../core/tariff-definition";
import { parseDefinition } from "./definition-form";

/** What a licensed utility publishes for a kind of customer. */
export type ReferenceTariff = {
  readonly id: string;
  readonly utility: string;
  readonly country: string;
  readonly currency: CurrencyCode;
  readonly category: string;
  readonly validFrom: Date;
  readonly source: string;
  readonly definition: TariffDefinition;
};

/** The published tariffs of a currency, the newest first. */
export function listReferences(
  scope: Scope,
  currency: CurrencyCode,
): Promise<readonly ReferenceTariff[]> {
  return inScope(scope, (tx) => referencesOf(tx, currency));
}

export async function referencesOf(
  tx: ScopedTx,
  currency: CurrencyCode,
): Promise<readonly ReferenceTariff[]> {
  const rows = await tx.db.referenceTariff.findMany({
    where: { currency },
    orderBy: [{ validFrom: "desc" }, { utility: "asc" }, { id: "asc" }],
  });
  return rows.flatMap((row) => {
    const parsed = parseDefinition(row.definition);
    const code = parseCurrencyCode(row.currency);
    // A reference of a newer form is left out, not half read.
    if (!parsed.ok || !code.ok) return [];
    return [{ ...row, currency: code.value, definition: parsed.value }];
  });
}

/** One of a currency by its id; null for none. */
export async function findReference(
  tx: ScopedTx,
  id: string,
  currency: CurrencyCode,
): Promise<ReferenceTariff | null> {
  if (!isId(id)) return null;
  const references = await referencesOf(tx, currency);
  return references.find((reference) => reference.id === id) ?? null;
}
