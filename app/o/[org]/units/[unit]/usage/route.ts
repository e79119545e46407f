import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { usageCsv } from "@/app/_usage/usage-csv";
import { systemClock } from "@/lib/platform";
import { findUnit } from "@/lib/property";

type Context = { readonly params: Promise<{ readonly org: string; readonly unit: string }> };

/** What a unit bought and used, or with `?lease=` on the days of one lease, as CSV. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org, unit: unitId } = await params;
  const { scope } = await requireOrgScope(org, "building:read");
  const unit = await findUnit(scope, unitId, systemClock.now());
  const leaseId = new URL(request.url).searchParams.get("lease");
  if (!unit) return usageCsv(request, scope, null);
  const subject = leaseId ? ({ kind: "lease", leaseId, unit } as const) : null;
  return usageCsv(request, scope, subject ?? { kind: "unit", unit });
}
