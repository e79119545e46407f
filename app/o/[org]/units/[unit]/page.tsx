import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { usageSection } from "@/app/_usage/usage-section";
import { creditBasisText, creditText, daysLeftText } from "@/app/_view/credit-texts";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { meterNumberText } from "@/app/_view/purchase-texts";
import { saleRow } from "@/app/_view/sale-rows";
import { UnitPage } from "@/components/property/unit-page";
import type { FigureView } from "@/components/ui/figures";
import type { Translate } from "@/components/ui/translate";
import { findPersons } from "@/lib/identity";
import { creditOfUnit, type Estimate, lightOf } from "@/lib/metering";
import { formatEnergy } from "@/lib/money";
import { listSold, soldIn } from "@/lib/overview";
import { systemClock } from "@/lib/platform";
import {
  type BuildingFacts,
  findUnit,
  listMetersOfUnit,
  listUnitLeases,
  type UnitWithBuilding,
} from "@/lib/property";
import { LET_KINDS } from "@/lib/property/shared";
import { leaseAccounts } from "./lease-accounts";
import { metersView } from "./meters-view";
import { residentsView } from "./residents-view";
import { storyView } from "./story-view";

type Props = {
  readonly params: Promise<{ readonly org: string; readonly unit: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

const HISTORY = 100;

export const metadata: Metadata = { title: "Unit" };

/** One unit: what it has left, its facts, and every top-up with its receipt. */
export default async function UnitRoute({ params, searchParams }: Props) {
  const { org, unit: unitId } = await params;
  const visit = await requireOrgScope(org, "building:read");
  const { scope } = visit;
  const now = systemClock.now();
  const unit = await findUnit(scope, unitId, now);
  if (!unit) notFound();
  const { building } = unit;
  const seesMoney = scope.permissions.includes("sale:read");
  const asked = await searchParams;
  const t = translatorFor(LANGUAGE.lang);
  const path = `/o/${org}/units/${unitId}`;
  const sold = { filter: soldIn({ unitId }), after: null, take: HISTORY };
  const [frame, credit, leases, sales, usage, story, meters] = await Promise.all([
    consoleFrame(visit, null),
    creditOfUnit(scope, { unitId, now }),
    listUnitLeases(scope, unitId, now),
    seesMoney ? listSold(scope, sold) : [],
    usageSection({ kind: "unit", unit }, { scope, path, asked, now, t }),
    storyView({ scope, unit, path, asked, now, t }),
    listMetersOfUnit(scope, { unitId, at: now }),
  ]);
  const people = await findPersons(leases.flatMap((lease) => lease.invitation?.createdBy ?? []));
  const { isPractice } = frame;
  const estimate = credit?.estimate ?? UNKNOWN;
  const hrefOf = (purchaseId: string) => `/o/${org}/purchases/${purchaseId}`;
  // Common parts and intakes are let to nobody: nothing is bought there.
  const isLet = LET_KINDS.some((kind) => kind === unit.kind);
  const view = {
    label: unit.label,
    light: lightOf({ isVacant: unit.isVacant, estimate }),
    needsYou: null,
    building: { name: building.name, href: `/o/${org}/buildings/${building.id}` },
    figures: !isLet ? [] : unitFigures(estimate, { place: building, now, t }),
    facts: unitFacts(unit, t),
    topUps:
      seesMoney && isLet
        ? sales.map((sale) => saleRow(sale, { t, place: building, hrefOf }))
        : null,
    usage,
    accounts: isLet ? await leaseAccounts(leases, { scope, unitId, building, t }) : [],
    story,
    meters: metersView(meters, { scope, unit, now, t }),
    residents: isLet
      ? residentsView(leases, {
          scope,
          unitId,
          kind: unit.kind,
          building,
          beds: unit.beds,
          people,
          now,
          t,
        })
      : null,
    buyHref: isLet && unit.meterNumber && !unit.isVacant ? `/buy?meter=${unit.meterNumber}` : null,
    practiceMeterHref:
      isPractice && unit.meterNumber ? `/practice-meter/${unit.meterNumber}` : null,
  };
  return <UnitPage frame={frame} view={view} />;
}

const UNKNOWN: Estimate = { basis: "unknown" };

function unitFigures(
  estimate: Estimate,
  context: { readonly place: BuildingFacts; readonly now: Date; readonly t: Translate },
): readonly FigureView[] {
  const { place, t } = context;
  const label = t("building.creditLeft");
  if (estimate.basis === "unknown") {
    return [{ label, valueText: creditText(estimate, place.locale, t) }];
  }
  const kwh = (wh: bigint) => formatEnergy(wh, place.locale);
  const left = {
    label,
    valueText: kwh(estimate.remainingWh),
    unitText: `${t("energy.unit")}, ${creditBasisText(estimate, context)}`,
  };
  // A single reading says what is left, and not how long it lasts.
  if (estimate.dailyUseWh === 0n) return [left];
  return [
    left,
    { label: t("credit.lasts"), valueText: daysLeftText(estimate, t) },
    {
      label: t("credit.dailyUse"),
      valueText: kwh(estimate.dailyUseWh),
      unitText: t("credit.kwhEstimated"),
    },
  ];
}

function unitFacts(unit: UnitWithBuilding, t: Translate) {
  const meter = unit.meterNumber ? meterNumberText(unit.meterNumber) : t("unit.noMeter");
  return [{ label: t("unit.meter"), valueText: meter, isDigits: unit.meterNumber !== null }];
}
