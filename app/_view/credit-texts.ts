import type { Translate } from "@/components/ui/translate";
import type { Estimate } from "@/lib/metering";
import { formatEnergy } from "@/lib/money";
import { formatDay, type Place } from "./instants";

const A_YEAR = 366;

/** "31.2 kWh left, measured" or "…, estimated", or why there is no figure. */
export function creditText(estimate: Estimate, locale: string, t: Translate): string {
  if (estimate.basis === "unknown") return t("credit.unknown");
  const energy = formatEnergy(estimate.remainingWh, locale);
  return t(estimate.basis === "measured" ? "credit.measured" : "credit.estimated", { energy });
}

/** "measured today", "measured 3 Nov", "estimated, last read 3 Nov"; empty for no figure. */
export function creditBasisText(
  estimate: Estimate,
  { place, now, t }: { readonly place: Place; readonly now: Date; readonly t: Translate },
): string {
  if (estimate.basis === "unknown") return "";
  if (estimate.basisAt === null) return t("credit.estimatedOnly");
  const day = formatDay(estimate.basisAt, place, now);
  if (estimate.basis === "estimated") return t("credit.estimatedAt", { day });
  const isToday = day === formatDay(now, place, now);
  return isToday ? t("credit.measuredToday") : t("credit.measuredAt", { day });
}

/** "about 6 days"; empty where it cannot be said. */
export function daysLeftText(estimate: Estimate, t: Translate): string {
  if (estimate.basis === "unknown" || estimate.dailyUseWh === 0n) return "";
  const { daysLeft } = estimate;
  return daysLeft > A_YEAR ? t("credit.daysMany") : t("credit.days", { count: daysLeft });
}
