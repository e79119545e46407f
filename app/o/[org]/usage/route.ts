import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { usageCsv } from "@/app/_usage/usage-csv";
import { listBuildings } from "@/lib/property";

type Context = { readonly params: Promise<{ readonly org: string }> };

const MOST_BUILDINGS = 1_000;

/** What the residents of all buildings bought and used, as CSV. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org } = await params;
  const { scope } = await requireOrgScope(org, "building:read");
  const buildings = await listBuildings(scope, { take: MOST_BUILDINGS });
  return usageCsv(request, scope, { kind: "portfolio", buildings });
}
