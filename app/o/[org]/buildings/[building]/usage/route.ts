import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { usageCsv } from "@/app/_usage/usage-csv";
import { systemClock } from "@/lib/platform";
import { findBuilding } from "@/lib/property";

type Context = { readonly params: Promise<{ readonly org: string; readonly building: string }> };

/** What the residents of a building bought and used, as CSV. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org, building: buildingId } = await params;
  const { scope } = await requireOrgScope(org, "building:read");
  const building = await findBuilding(scope, buildingId, systemClock.now());
  return usageCsv(request, scope, building && { kind: "building", building });
}
