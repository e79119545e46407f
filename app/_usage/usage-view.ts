import { readingFields } from "@/app/_form/enter-reading";
import { civilDayText } from "@/app/_view/civil-days";
import { formatInstant } from "@/app/_view/instants";
import type { BoughtAgainstUsedView } from "@/components/metering/bought-against-used";
import type { UsageBar } from "@/components/metering/usage-chart";
import type { MessageKey, Translate } from "@/components/ui/translate";
import type { OrgScope } from "@/lib/access/shared";
import type { UsageMark, UsagePeriod } from "@/lib/metering";
import { USAGE_SCALES } from "@/lib/metering/shared";
import { formatEnergy, formatMoney } from "@/lib/money";
import { startOfCivilDay, type UnitWithBuilding } from "@/lib/property";
import { enterReadingAction } from "../o/[org]/units/[unit]/actions";
import type { UsageData } from "./usage-data";

type Context = {
  readonly scope: OrgScope;
  readonly unit: UnitWithBuilding;
  readonly now: Date;
  readonly t: Translate;
};

const MARK_KEYS = {
  "lease-began": "usage.leaseBegan",
  "lease-ended": "usage.leaseEnded",
  "meter-swapped": "usage.meterSwapped",
} as const satisfies Record<UsageMark["kind"], MessageKey>;
const SCALE_KEYS = { day: "usage.byDay", month: "usage.byMonth" } as const;
const SPAN_KEYS = { day: "usage.days", month: "usage.months" } as const;

/** What a unit bought and used, in words, as a chart and as its table. */
export function usageView(data: UsageData, context: Context): BoughtAgainstUsedView {
  const { scope, unit, t } = context;
  const { by, usage } = data;
  const path = `/o/${scope.slug}/units/${unit.id}`;
  const sentence = usageSentence(data, context);
  const seesMoney = scope.permissions.includes("sale:read");
  return {
    sentence,
    scales: USAGE_SCALES.map((scale) => ({
      href: `${path}?by=${scale}#usage`,
      label: t(SCALE_KEYS[scale]),
      isCurrent: scale === by,
    })),
    chart: chartOf(data, sentence, context),
    legend: t("usage.legend"),
    columns: [
      { key: "period", label: t(by === "day" ? "usage.day" : "usage.month") },
      { key: "bought", label: t("usage.bought"), isNumber: true },
      ...(seesMoney ? [{ key: "cost", label: t("usage.cost"), isNumber: true }] : []),
      { key: "used", label: t("usage.used"), isNumber: true },
      { key: "basis", label: t("usage.basis"), isWideOnly: true },
    ],
    rows: usage.periods.toReversed().map((period) => ({
      key: period.from,
      cells: cellsOf(period, data, context),
    })),
    csvHref: `${path}/usage?by=${by}`,
    form: readingForm(context),
  };
}

const energyText = (wh: bigint, { unit }: Context) => formatEnergy(wh, unit.building.locale);

function periodText({ from }: UsagePeriod, { by }: UsageData, { unit, now }: Context): string {
  const { locale, timeZone } = unit.building;
  if (by === "day") return civilDayText(from, unit.building, now);
  const style = { month: "short", year: "numeric", timeZone } as const;
  return new Intl.DateTimeFormat(locale, style).format(startOfCivilDay(from, timeZone));
}

function cellsOf(period: UsagePeriod, data: UsageData, context: Context) {
  const { t, unit } = context;
  const { currency, locale } = unit.building;
  const marks = data.usage.marks
    .filter(({ day }) => day >= period.from && day < period.to)
    .map(({ kind }) => t(MARK_KEYS[kind]));
  const money =
    period.costMinor && formatMoney({ amountMinor: period.costMinor, currency }, locale);
  return {
    period: [periodText(period, data, context), ...marks].join(", "),
    bought: period.boughtWh === 0n ? "" : energyText(period.boughtWh, context),
    cost: money || "",
    used: period.used === null ? "" : energyText(period.used, context),
    basis: basisText(period, context),
  };
}

/** "measured, read 3 Nov 2026, 14:05", or that nothing is known. */
function basisText(period: UsagePeriod, { t, unit }: Context): string {
  if (period.basisAt === null) return t("usage.unknown");
  const at = formatInstant(period.basisAt, unit.building);
  const said = t(period.isMeasured ? "usage.measuredAt" : "usage.estimatedAt", { at });
  if (period.missingDays === 0) return said;
  return `${said}, ${t("usage.missing", { count: period.missingDays })}`;
}

const totalUsed = (periods: readonly UsagePeriod[]): bigint | null => {
  const known = periods.flatMap(({ used }) => used ?? []);
  return known.length === 0 ? null : known.reduce((sum, wh) => sum + wh, 0n);
};

function usageSentence({ by, usage, before }: UsageData, context: Context): string {
  const { t, unit } = context;
  const { periods } = usage;
  const period = t(SPAN_KEYS[by]);
  const bought = energyText(
    periods.reduce((sum, { boughtWh }) => sum + boughtWh, 0n),
    context,
  );
  const used = totalUsed(periods);
  const facts = { unit: unit.label, period, bought };
  if (used === null) return t("usage.sentenceUnknown", facts);
  const isMeasured = periods.every((one) => one.isMeasured || one.used === null);
  const basis = t(isMeasured ? "usage.measured" : "usage.partlyEstimated");
  const missing = periods.reduce((sum, { missingDays }) => sum + missingDays, 0);
  const usedBefore = totalUsed(before.periods);
  return [
    t("usage.sentence", { ...facts, used: energyText(used, context), basis }),
    ...(missing > 0 ? [t("usage.sentenceMissing", { count: missing })] : []),
    ...(usedBefore === null
      ? []
      : [t("usage.sentenceBefore", { used: energyText(usedBefore, context) })]),
  ].join(" ");
}

const LINES = 4;

/** Heights are for the eye: thousandths of a round number of kilowatt-hours above them all. */
function chartOf({ by, usage, before }: UsageData, title: string, context: Context) {
  const { t, unit, now } = context;
  const shown = [
    ...usage.periods.flatMap(({ boughtWh, used }) => [boughtWh, used ?? 0n]),
    ...before.periods.map(({ used }) => used ?? 0n),
  ];
  const highest = shown.reduce((most, wh) => (wh > most ? wh : most), 1_000n);
  const stepWh = roundStep(highest / BigInt(LINES - 1) + 1n);
  const topWh = stepWh * BigInt(LINES - 1);
  const height = (wh: bigint) => Number((wh * 1_000n) / topWh);
  const bars = usage.periods.map((period, index): UsageBar => {
    const mark = usage.marks.find(({ day }) => day >= period.from && day < period.to);
    const usedBefore = before.periods[index]?.used ?? null;
    return {
      key: period.from,
      label: periodText(period, { by, usage, before, span: period }, { ...context, unit, now }),
      bought: height(period.boughtWh),
      used: period.used === null ? null : height(period.used),
      isMeasured: period.isMeasured,
      before: usedBefore === null ? null : height(usedBefore),
      mark: mark ? t(MARK_KEYS[mark.kind]) : null,
    };
  });
  const axis = Array.from({ length: LINES }, (_, line) => ({
    at: Math.round((line * 1_000) / (LINES - 1)),
    text:
      line === 0
        ? t("energy.unit")
        : formatEnergy(stepWh * BigInt(line), unit.building.locale, { decimals: 0 }),
  }));
  return { bars, title, axis };
}

/** The next of 1, 2, 5, 10, 20 … kWh. */
function roundStep(wh: bigint): bigint {
  for (let power = 1_000n; ; power *= 10n) {
    for (const factor of [1n, 2n, 5n]) if (factor * power >= wh) return factor * power;
  }
}

function readingForm(context: Context): BoughtAgainstUsedView["form"] {
  const { scope, unit, now, t } = context;
  if (!scope.permissions.includes("reading:write") || unit.meterId === null) return null;
  return {
    action: enterReadingAction.bind(null, { org: scope.slug, unitId: unit.id }),
    view: {
      id: "reading",
      summary: t("readingForm.summary"),
      submit: t("readingForm.submit"),
      fields: readingFields({ timeZone: unit.building.timeZone, now }, t),
    },
  };
}
