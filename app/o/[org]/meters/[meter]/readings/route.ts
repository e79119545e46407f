import { notFound } from "next/navigation";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { csvAnswer } from "@/app/_view/csv-answer";
import { findPersons } from "@/lib/identity";
import { listReadingsOfMeter, listStaysOfMeter } from "@/lib/metering";
import { formatDecimal } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { civilTimeAt, findMeter } from "@/lib/property";
import { monthOf } from "./month-of";

type Context = { readonly params: Promise<{ readonly org: string; readonly meter: string }> };

const HEAD = ["read_at", "time_zone", "quantity", "value", "unit", "state", "source"];

/** A month of what a meter showed, as CSV. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org, meter: meterId } = await params;
  const { scope } = await requireOrgScope(org, "meter:manage");
  const now = systemClock.now();
  const meter = await findMeter(scope, meterId, now);
  if (!meter) notFound();
  const [stay] = await listStaysOfMeter(scope, meterId);
  const timeZone = stay?.timeZone ?? "UTC";
  const month = monthOf(new URL(request.url).searchParams.get("month"), timeZone, now);
  const readings = await listReadingsOfMeter(scope, { meterId, ...month });
  const people = await findPersons(readings.flatMap(({ enteredBy }) => enteredBy ?? []));
  const unit = meter.resource === "electricity" ? "kWh" : "m3";
  const rows = readings.map((reading) => [
    civilTimeAt(reading.at, timeZone),
    timeZone,
    reading.quantity,
    formatDecimal({ digits: reading.value, scale: 3 }),
    unit,
    reading.state,
    reading.source,
    (reading.enteredBy && people.get(reading.enteredBy)?.name) || "",
    reading.recordedAt.toISOString(),
  ]);
  const head = [...HEAD, "entered_by", "recorded_at"];
  return csvAnswer(`readings-${month.name}.csv`, [head, ...rows]);
}
