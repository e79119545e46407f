import { notFound } from "next/navigation";
import { requireResidentScope } from "@/app/_scope/require-resident-scope";
import { usageCsv } from "@/app/_usage/usage-csv";
import { systemClock } from "@/lib/platform";
import { findUnit, listHeldUnits } from "@/lib/property";

/** What a resident bought and used on the days of one lease held, as CSV. */
export async function GET(request: Request): Promise<Response> {
  const { scopes } = await requireResidentScope();
  const leaseId = new URL(request.url).searchParams.get("lease") ?? "";
  const scope = scopes.find(({ leaseIds }) => leaseIds.includes(leaseId));
  if (!scope) notFound();
  const now = systemClock.now();
  const held = (await listHeldUnits(scope, now)).find((one) => one.leaseId === leaseId);
  const unit = held && (await findUnit(scope, held.unitId, now));
  return usageCsv(request, scope, unit ? { kind: "lease", leaseId, unit } : null);
}
