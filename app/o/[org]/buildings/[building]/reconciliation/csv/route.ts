import { notFound } from "next/navigation";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { csvAnswer } from "@/app/_view/csv-answer";
import { formatDecimal, formatMoneyPlain } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { listAllRows, parseMonth } from "@/lib/reconciliation";

type Context = { readonly params: Promise<{ readonly org: string; readonly building: string }> };

const kwh = (wh: bigint | null) => (wh === null ? "" : formatDecimal({ digits: wh, scale: 3 }));

/** Every row of every figure as CSV, exact and plain: summed by figure it is the sheet. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org, building: buildingId } = await params;
  const { scope } = await requireOrgScope(org, "reconciliation:read");
  const now = systemClock.now();
  const month = parseMonth(new URL(request.url).searchParams.get("month") ?? "");
  const found = month.ok ? await listAllRows(scope, { buildingId, month: month.value, now }) : null;
  if (!found || !month.ok) notFound();
  const { currency } = found.building;
  const head = [
    ...["figure", "day", "at", "unit", "reference", "kwh", `amount_${currency}`, "sold_kwh"],
    ...["newest_reading", "measured_days", "estimated_days", "missing_days"],
  ];
  const rows = found.rows.map((row) => [
    row.figure,
    row.day ?? "",
    row.at?.toISOString() ?? "",
    row.unitLabel ?? "",
    row.reference ?? "",
    kwh(row.energyWh),
    row.amountMinor === null ? "" : formatMoneyPlain(row.amountMinor, currency),
    kwh(row.soldWh),
    row.basisAt?.toISOString() ?? "",
    String(row.measuredDays),
    String(row.estimatedDays),
    String(row.missingDays),
  ]);
  return csvAnswer(`reconciliation-${month.value}.csv`, [head, ...rows]);
}
