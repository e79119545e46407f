import type { BoughtAgainstUsedView } from "@/components/metering/bought-against-used";
import type { UsageBar } from "@/components/metering/usage-chart";
import type { MessageKey } from "@/components/ui/translate";
import type { UsagePeriod } from "@/lib/metering";
import { USAGE_SCALES, type UsageScale } from "@/lib/metering/shared";
import { formatEnergy, formatMoney } from "@/lib/money";
import { readingForm } from "./reading-form";
import type { Subject, UsageContext, UsageData } from "./usage-data";
import { usageSentence } from "./usage-sentence";
import { amountText, basisText, marksIn, markText, periodText, unitText } from "./usage-texts";

type Context = UsageContext & { readonly subject: Subject };

const SCALE_KEYS = {
  day: "usage.byDay",
  month: "usage.byMonth",
  year: "usage.byYear",
} as const satisfies Record<UsageScale, MessageKey>;
const PERIOD_KEYS = {
  day: "usage.day",
  month: "usage.month",
  year: "usage.year",
} as const satisfies Record<UsageScale, MessageKey>;

/** What was bought and used, in words, as a chart and as its table. */
export function usageView(data: UsageData, context: Context): BoughtAgainstUsedView {
  const { subject, t } = context;
  const { by, resource, resources, periods } = data;
  const isSold = resource === "electricity";
  const sentence = usageSentence(data, whoOf(context), context);
  const unit = unitText(data, t);
  return {
    sentence,
    scales: USAGE_SCALES.map((scale) => ({
      href: hrefOf(context, { by: scale, resource }),
      label: t(SCALE_KEYS[scale]),
      isCurrent: scale === by,
    })),
    resources: (resources.length > 1 ? resources : []).map((one) => ({
      href: hrefOf(context, { by, resource: one }),
      label: t(`usage.${one}`),
      isCurrent: one === resource,
    })),
    chart: { ...chartOf(data, context), title: sentence },
    legend: t(legendKey(by, isSold)),
    columns: [
      { key: "period", label: t(PERIOD_KEYS[by]) },
      ...(isSold ? [{ key: "bought", label: t("usage.boughtIn", { unit }), isNumber: true }] : []),
      ...(data.currency ? [{ key: "cost", label: t("usage.cost"), isNumber: true }] : []),
      { key: "used", label: t("usage.usedIn", { unit }), isNumber: true },
      { key: "basis", label: t("usage.basis"), isWideOnly: true },
    ],
    rows: periods.toReversed().map((period) => ({
      key: period.from,
      cells: cellsOf(period, data, context),
    })),
    csvHref: csvHref(context, data),
    form: subject.kind === "unit" && isSold ? readingForm(context, subject.unit) : null,
  };
}

function legendKey(by: UsageScale, isSold: boolean): MessageKey {
  if (!isSold) return by === "year" ? "usage.legendUsedYears" : "usage.legendUsed";
  return by === "year" ? "usage.legendYears" : "usage.legend";
}

function whoOf({ subject, scope, t }: Context): string {
  if (scope.kind === "resident") return t("usage.you");
  return subject.kind === "unit" || subject.kind === "lease"
    ? subject.unit.label
    : t("usage.residents");
}

/** What else the address bar asks of the page stays. */
function hrefOf({ path, asked }: Context, chosen: { readonly by: string; resource: string }) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    if (typeof value === "string") query.set(name, value);
  }
  query.set("by", chosen.by);
  if (chosen.resource === "electricity") query.delete("resource");
  else query.set("resource", chosen.resource);
  return `${path}?${query}#usage`;
}

function csvHref({ path, subject }: Context, { by, resource }: UsageData): string {
  const query = new URLSearchParams({ by });
  if (resource !== "electricity") query.set("resource", resource);
  if (subject.kind === "lease") query.set("lease", subject.leaseId);
  return `${path}/usage?${query}`;
}

function cellsOf(period: UsagePeriod, data: UsageData, context: Context) {
  const { currency, place } = data;
  const marks = marksIn(period, data).map((mark) => markText(mark, context.t));
  const money =
    currency &&
    period.costMinor &&
    formatMoney({ amountMinor: period.costMinor, currency }, place.locale);
  return {
    period: [periodText(period.from, data, context), ...marks].join(", "),
    bought: period.bought === 0n ? "" : amountText(period.bought, data),
    cost: money || "",
    used: period.used === null ? "" : amountText(period.used, data),
    basis: basisText(period, data, context),
  };
}

const LINES = 4;

/** Heights are for the eye: thousandths of a round number of units above them all. */
function chartOf(data: UsageData, context: Context) {
  const { periods, before, place } = data;
  const { t } = context;
  const shown = [
    ...periods.flatMap(({ bought, used }) => [bought, used ?? 0n]),
    ...before.map(({ used }) => used ?? 0n),
  ];
  const highest = shown.reduce((most, amount) => (amount > most ? amount : most), 1_000n);
  const step = roundStep(highest / BigInt(LINES - 1) + 1n);
  const top = step * BigInt(LINES - 1);
  const height = (amount: bigint) => Number((amount * 1_000n) / top);
  const bars = periods.map((period, index): UsageBar => {
    const [mark, ...more] = marksIn(period, data).map((one) => markText(one, t));
    const usedBefore = before[index]?.used ?? null;
    return {
      key: period.from,
      label: periodText(period.from, data, context),
      told: toldOf(period, usedBefore, data, context),
      bought: height(period.bought),
      used: period.used === null ? null : height(period.used),
      isMeasured: period.isMeasured,
      before: usedBefore === null ? null : height(usedBefore),
      mark: mark && more.length > 0 ? `${mark} +${more.length}` : (mark ?? null),
    };
  });
  const axis = Array.from({ length: LINES }, (_, line) => ({
    at: Math.round((line * 1_000) / (LINES - 1)),
    text:
      line === 0
        ? unitText(data, t)
        : formatEnergy(step * BigInt(line), place.locale, { decimals: 0 }),
  }));
  return { bars, axis };
}

/** What a pointer that rests on a place reads. */
function toldOf(period: UsagePeriod, before: bigint | null, data: UsageData, context: Context) {
  const { t } = context;
  const unit = unitText(data, t);
  const said = (key: MessageKey, amount: bigint) =>
    t(key, { amount: amountText(amount, data), unit });
  return [
    periodText(period.from, data, context),
    ...marksIn(period, data).map((mark) => markText(mark, t)),
    ...(data.resource === "electricity" ? [said("usage.toldBought", period.bought)] : []),
    period.used === null ? t("usage.toldUnknown") : said("usage.toldUsed", period.used),
    ...(before === null ? [] : [said("usage.toldBefore", before)]),
    basisText(period, data, context),
  ].join("\n");
}

/** The next of 1, 2, 5, 10, 20 … kWh. */
function roundStep(amount: bigint): bigint {
  for (let power = 1_000n; ; power *= 10n) {
    for (const factor of [1n, 2n, 5n]) if (factor * power >= amount) return factor * power;
  }
}
