import { dateFormat } from "@/app/_view/instants";
import type { Translate } from "@/components/ui/translate";
import type { UsagePeriod } from "@/lib/metering";
import { startOfCivilDay } from "@/lib/property";
import type { UsageData } from "./usage-data";
import { amountText, unitText, type Words } from "./usage-texts";

type Told = {
  readonly period: string;
  readonly shown: readonly UsagePeriod[];
  /** What it is compared with, and how that is called; null where there is nothing alike. */
  readonly against: { readonly name: string; readonly change: number } | null;
};

/** "Residents used 11,620 kWh in October, 6 % less than in September, and bought 11,870 kWh." */
export function usageSentence(data: UsageData, who: string, words: Words): string {
  const { t } = words;
  const { period, shown, against } = toldOf(data, words);
  const used = sum(shown.map((one) => one.used));
  const bought = sum(shown.map((one) => one.bought)) ?? 0n;
  const unit = unitText(data, t);
  const isSold = data.resource === "electricity";
  const facts = { who, unit, period, bought: amountText(bought, data) };
  if (used === null) return t(isSold ? "usage.nothingRead" : "usage.nothingReadUnsold", facts);
  const change = against ? changeText(against, t) : "";
  const key = isSold ? "usage.told" : "usage.toldUnsold";
  const basis = basisOf(shown, t);
  return `${t(key, { ...facts, used: amountText(used, data), change })} ${basis}`;
}

/** The last 30 days; the last month or year that is over, or this one while none is known. */
function toldOf(data: UsageData, words: Words): Told {
  const { by, periods, before } = data;
  const { t } = words;
  if (by === "day") {
    const against = { name: t("usage.daysBefore"), change: changeOf(periods, before) };
    return {
      period: t("usage.days"),
      shown: periods,
      against: isNumber(against) ? against : null,
    };
  }
  const last = periods.at(-1);
  const over = periods.at(-2);
  const isOver = over !== undefined && over.used !== null;
  const one = isOver ? over : last;
  if (!one) return { period: "", shown: [], against: null };
  const previous = isOver ? periods.at(-3) : undefined;
  const named = (which: UsagePeriod) => longName(which.from, data);
  const against = previous && {
    name: named(previous),
    change: changeOf([one], [previous]),
  };
  const name = named(one);
  return {
    period: isOver ? name : t("usage.soFar", { period: name }),
    shown: [one],
    against: against && isNumber(against) ? against : null,
  };
}

type Against = { readonly name: string; readonly change: number | null };
const isNumber = (
  against: Against,
): against is { readonly name: string; readonly change: number } => against.change !== null;

/** "October" of this year and "October 2025" of another; "2025". */
function longName(from: string, { by, place, today }: UsageData): string {
  const { locale, timeZone } = place;
  const isThisYear = from.slice(0, 4) === today.slice(0, 4);
  const year = isThisYear && by === "month" ? {} : ({ year: "numeric" } as const);
  const style = by === "month" ? ({ month: "long", ...year } as const) : year;
  const start = startOfCivilDay(from, timeZone);
  return dateFormat(locale, { ...style, timeZone }).format(start);
}

const sum = (amounts: readonly (bigint | null)[]): bigint | null => {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === 0 ? null : known.reduce((total, amount) => total + amount, 0n);
};

/**
 * By how many hundredths more or less was used than before: of places known in both, most of them,
 * and none with many days missing. Null where that would compare what is not alike.
 */
function changeOf(now: readonly UsagePeriod[], before: readonly UsagePeriod[]): number | null {
  const pairs = now.flatMap((one, index) => {
    const other = before[index];
    if (one.used === null || !other || other.used === null) return [];
    const isWhole = one.missingDays < 4 && other.missingDays < 4;
    return isWhole ? [{ now: one.used, before: other.used }] : [];
  });
  const total = pairs.reduce((all, pair) => all + pair.before, 0n);
  if (pairs.length * 3 < now.length * 2 || total === 0n) return null;
  const more = pairs.reduce((all, pair) => all + pair.now - pair.before, 0n);
  const permille = Number((more * 1_000n) / total);
  return Math.round(permille / 10);
}

function changeText({ name, change }: NonNullable<Told["against"]>, t: Translate): string {
  const facts = { percent: String(Math.abs(change)), before: name };
  if (change === 0) return t("usage.same", facts);
  return t(change < 0 ? "usage.less" : "usage.more", facts);
}

/** What it stands on, and the days that are not in it. */
function basisOf(shown: readonly UsagePeriod[], t: Translate): string {
  const known = shown.filter(({ used }) => used !== null);
  const missing = shown.reduce((all, { missingDays }) => all + missingDays, 0);
  const share = known.reduce((all, one) => all + one.measuredShare, 0) / known.length;
  const percent = Math.floor(share / 10);
  const said =
    percent === 100
      ? t("usage.allMeasured")
      : percent === 0
        ? t("usage.allEstimated")
        : t("usage.partlyMeasured", { percent: String(percent) });
  return missing === 0 ? said : `${said} ${t("usage.sentenceMissing", { count: missing })}`;
}
