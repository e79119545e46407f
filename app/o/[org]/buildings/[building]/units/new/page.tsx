import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { DrawBuildingPage } from "@/components/property/draw-building-page";
import { findBuildingFacts } from "@/lib/property";
import { unitFields } from "../../../draw-form";
import { addUnitsAction } from "./actions";

type Props = { readonly params: Promise<{ readonly org: string; readonly building: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("drawBuilding.moreTitle") };

/** More floors of units for a building that stands. */
export default async function MoreUnitsRoute({ params }: Props) {
  const { org, building: buildingId } = await params;
  const visit = await requireOrgScope(org, "property:manage");
  const [frame, building] = await Promise.all([
    consoleFrame(visit, null, "buildings"),
    findBuildingFacts(visit.scope, buildingId),
  ]);
  if (!building) notFound();
  const view = {
    backHref: `/o/${org}/buildings/${buildingId}`,
    tariffHref: null,
    building: building.name,
    fields: unitFields(frame.t),
  };
  const action = addUnitsAction.bind(null, { org, buildingId });
  return <DrawBuildingPage frame={frame} view={view} action={action} />;
}
