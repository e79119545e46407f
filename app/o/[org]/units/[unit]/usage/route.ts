import { notFound } from "next/navigation";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { findUsage, scaleOf } from "@/app/_usage/usage-data";
import { formatDecimal, formatMoneyPlain } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { findUnit } from "@/lib/property";

type Context = { readonly params: Promise<{ readonly org: string; readonly unit: string }> };

const BASIS = ["basis", "newest_reading", "missing_days"] as const;

/** What the unit's page shows of bought and used, as CSV: the same rows, exact and plain. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org, unit: unitId } = await params;
  const { scope } = await requireOrgScope(org, "building:read");
  const now = systemClock.now();
  const unit = await findUnit(scope, unitId, now);
  const by = scaleOf(new URL(request.url).searchParams.get("by"));
  const data = unit && (await findUsage(scope, unit, { by, now }));
  if (!data) notFound();
  const { currency } = unit.building;
  const seesMoney = scope.permissions.includes("sale:read");
  const kwh = (wh: bigint) => formatDecimal({ digits: wh, scale: 3 });
  const head = [by, "bought_kwh", ...(seesMoney ? [`cost_${currency}`] : []), "used_kwh", ...BASIS];
  const rows = data.usage.periods
    .toReversed()
    .map((period) => [
      by === "day" ? period.from : period.from.slice(0, 7),
      kwh(period.boughtWh),
      ...(period.costMinor === null ? [] : [formatMoneyPlain(period.costMinor, currency)]),
      period.used === null ? "" : kwh(period.used),
      period.used === null ? "unknown" : period.isMeasured ? "measured" : "estimated",
      period.basisAt?.toISOString() ?? "",
      String(period.missingDays),
    ]);
  const lines = [head, ...rows];
  return new Response(`${lines.map((line) => line.join(",")).join("\r\n")}\r\n`, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="usage-by-${by}.csv"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
