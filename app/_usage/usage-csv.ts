import { notFound } from "next/navigation";
import type { OrgScope, ResidentScope } from "@/lib/access/shared";
import { formatDecimal, formatMoneyPlain } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { findUsage, type Subject } from "./usage-data";

const BASIS = ["basis", "measured_percent", "newest_reading", "missing_days"] as const;
const FROM_LENGTH = { day: 10, month: 7, year: 4 } as const;
const UNITS = { electricity: "kwh", water: "m3", gas: "m3" } as const;

/** What the page shows of bought and used, as CSV: the same rows, exact and plain. */
export async function usageCsv(
  request: Request,
  scope: OrgScope | ResidentScope,
  subject: Subject | null,
): Promise<Response> {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const now = systemClock.now();
  const data = subject && (await findUsage(scope, subject, { asked, now }));
  if (!data) notFound();
  const { by, resource, currency } = data;
  const unit = UNITS[resource];
  const isSold = resource === "electricity";
  const amount = (digits: bigint) => formatDecimal({ digits, scale: 3 });
  const head = [
    by,
    ...(isSold ? [`bought_${unit}`] : []),
    ...(currency ? [`cost_${currency}`] : []),
    `used_${unit}`,
    ...BASIS,
  ];
  const rows = data.periods
    .toReversed()
    .map((period) => [
      period.from.slice(0, FROM_LENGTH[by]),
      ...(isSold ? [amount(period.bought)] : []),
      ...(currency ? [formatMoneyPlain(period.costMinor ?? 0n, currency)] : []),
      period.used === null ? "" : amount(period.used),
      period.used === null ? "unknown" : period.isMeasured ? "measured" : "estimated",
      period.used === null ? "" : String(Math.floor(period.measuredShare / 10)),
      period.basisAt?.toISOString() ?? "",
      String(period.missingDays),
    ]);
  const lines = [head, ...rows];
  return new Response(`${lines.map((line) => line.join(",")).join("\r\n")}\r\n`, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${resource}-by-${by}.csv"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
