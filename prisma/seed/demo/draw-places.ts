import { type Calendar, HISTORY_DAYS, instantOf } from "./calendar";
import { drawHours, drawRegister, type Habit } from "./draw-readings";
import type { DrawnMeter, DrawnReading, DrawnUnit } from "./plan";
import { cumulated, type Use, usedUntil } from "./use";

/** A meter that is only read. */
export function drawReadMeter(
  calendar: Calendar,
  meter: {
    readonly meterNumber: string;
    readonly resource: DrawnMeter["resource"];
    readonly use: Use;
    readonly habit: Habit;
    readonly firstValue: number;
    readonly random: () => number;
  },
): DrawnMeter {
  const { meterNumber, resource, habit, use, firstValue, random } = meter;
  const span = { use, habit, from: 0, to: HISTORY_DAYS + 0.9, firstValue, random };
  return readMeter(calendar, {
    meterNumber,
    resource,
    source: habit === "daily" ? "gateway" : "import",
    readings: drawRegister(calendar, span),
  });
}

/** A water meter that never stands still: by day what is used, at night what runs away. */
export function drawLeakingMeter(
  calendar: Calendar,
  meter: { readonly meterNumber: string; readonly use: Use; readonly random: () => number },
): DrawnMeter {
  const { meterNumber, use, random } = meter;
  const daily = drawRegister(calendar, {
    ...{ use, habit: "daily", from: 0, to: HISTORY_DAYS - 40, firstValue: 182_400, random },
  });
  const firstValue = 182_400 + usedUntil(cumulated(use), HISTORY_DAYS - 40);
  const perHour = (hour: number) => 64 + (hour < 6 || hour > 22 ? 0 : 45 * (0.6 + random() * 0.8));
  const readings = [...daily, ...drawHours(calendar, { firstValue, perHour })];
  return readMeter(calendar, { meterNumber, resource: "water", source: "gateway", readings });
}

function readMeter(
  calendar: Calendar,
  meter: Pick<DrawnMeter, "meterNumber" | "resource" | "source"> & {
    readonly readings: readonly DrawnReading[];
  },
): DrawnMeter {
  return {
    ...meter,
    isPrepaid: false,
    installedAt: instantOf(calendar, 0),
    removedAt: null,
    late: [],
  };
}

/** A place that is not let: the building's own, or where its supply comes in. */
export function drawPlace(
  place: Pick<DrawnUnit, "label" | "position" | "kind">,
  meters: readonly DrawnMeter[],
): DrawnUnit {
  return { ...place, floor: 0, beds: [], leases: [], occupancies: [], meters, sales: [] };
}

/** What a supply meter counts: all that is used behind it, and what gets lost on the way. */
export function supplyOf(uses: readonly Use[], lost = 0.03): Use {
  const days = uses[0]?.map((_, day) => day) ?? [];
  return days.map((day) => uses.reduce((sum, use) => sum + (use[day] ?? 0), 0) * (1 + lost));
}
