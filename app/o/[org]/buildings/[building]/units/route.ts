import { stringify } from "csv-stringify/sync";
import { notFound } from "next/navigation";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { formatDecimal, formatMoneyPlain } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { loadBuildingNow } from "../../../building-now";
import { chooseUnits, readUnitChoice } from "../unit-choice";

type Context = {
  readonly params: Promise<{ readonly org: string; readonly building: string }>;
};

/** The list of units as its page shows it, as CSV: the same choice, exact and plain. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org, building: buildingId } = await params;
  const { scope } = await requireOrgScope(org, "building:read");
  const now = systemClock.now();
  const state = await loadBuildingNow(scope, buildingId, now);
  if (!state) notFound();
  const { currency } = state.building;
  const seesMoney = scope.permissions.includes("sale:read");
  const kwh = (wh: bigint) => formatDecimal({ digits: wh, scale: 3 });
  const choice = readUnitChoice(Object.fromEntries(new URL(request.url).searchParams));
  const rows = chooseUnits(state.units, choice).map((unit) => {
    const { estimate, last } = unit;
    const known = estimate.basis === "unknown" ? null : estimate;
    return {
      unit: unit.label,
      floor: unit.floor,
      credit: unit.light,
      left_kwh: known ? kwh(known.remainingWh) : "",
      days_left: known && known.dailyUseWh > 0n ? known.daysLeft : "",
      basis: estimate.basis,
      last_purchase: last?.at.toISOString() ?? "",
      last_kwh: last ? kwh(last.energyWh) : "",
      ...(seesMoney
        ? { [`last_${currency}`]: last ? formatMoneyPlain(last.amountMinor, currency) : "" }
        : {}),
    };
  });
  // A label is somebody's own text: a spreadsheet must not take it for a formula.
  const form = { header: true, bom: true, escape_formulas: true, record_delimiter: "windows" };
  const body = stringify(rows, form);
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="units.csv"',
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
