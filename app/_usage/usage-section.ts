import type { BoughtAgainstUsedView } from "@/components/metering/bought-against-used";
import type { Translate } from "@/components/ui/translate";
import type { OrgScope, ResidentScope } from "@/lib/access/shared";
import type { BuildingFacts, UnitWithBuilding } from "@/lib/property";
import { findUsage, scaleOf } from "./usage-data";
import { usageView } from "./usage-view";

/** Whose bought and used a page shows. */
export type UsageSubject =
  | { readonly kind: "unit"; readonly unit: UnitWithBuilding }
  | { readonly kind: "lease"; readonly leaseId: string; readonly unit: UnitWithBuilding }
  | { readonly kind: "building"; readonly building: BuildingFacts }
  | { readonly kind: "portfolio"; readonly buildings: readonly BuildingFacts[] };

export type UsageContext = {
  readonly scope: OrgScope | ResidentScope;
  /** The page it stands on, without a query: its own choices are links to it. */
  readonly path: string;
  readonly asked: Readonly<Record<string, string | string[] | undefined>>;
  readonly now: Date;
  readonly t: Translate;
};

/** What a page shows of bought and used; null where there is nothing that the scope sees. */
export async function usageSection(
  subject: UsageSubject,
  context: UsageContext,
): Promise<BoughtAgainstUsedView | null> {
  const { scope, asked, now, t } = context;
  if (subject.kind !== "unit" || scope.kind !== "organization") return null;
  const { unit } = subject;
  const data = await findUsage(scope, unit, { by: scaleOf(asked.by), now });
  return data && usageView(data, { scope, unit, now, t });
}
