import { createHash } from "node:crypto";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import { lightOf, listCredits } from "@/lib/metering";
import { formatEnergy } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { findBuilding } from "@/lib/property";

type Context = {
  readonly params: Promise<{ readonly org: string; readonly building: string }>;
};

/** The lights of a building and what each unit bought last, for a façade that is looked at. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org, building: buildingId } = await params;
  const { scope } = await requireOrgScope(org, "building:read");
  const now = systemClock.now();
  const building = await findBuilding(scope, buildingId, now);
  if (!building) notFound();
  const credits = await listCredits(scope, { buildingId, now });
  const t = translatorFor(LANGUAGE.lang);
  const lights = building.units.flatMap(({ id, label, isVacant }) => {
    const credit = credits.get(id);
    if (!credit) return [];
    const { estimate, last } = credit;
    const energy = last ? formatEnergy(last.energyWh, building.locale) : "";
    return [
      {
        id,
        light: lightOf({ isVacant, estimate }),
        last: last?.purchaseId ?? null,
        text: last ? t("building.bought", { unit: label, energy }) : "",
      },
    ];
  });
  const body = JSON.stringify(lights);
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const headers = {
    ETag: etag,
    "Content-Type": "application/json",
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
  };
  const isKnown = request.headers.get("if-none-match") === etag;
  return new Response(isKnown ? null : body, { status: isKnown ? 304 : 200, headers });
}
