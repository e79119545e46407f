import type { Translate } from "@/components/ui/translate";
import type { Estimate } from "@/lib/metering";
import { formatEnergy } from "@/lib/money";

/** "31.2 kWh left, estimated", or why there is no figure. */
export function creditText(estimate: Estimate, locale: string, t: Translate): string {
  if (estimate.basis === "unknown") return t("credit.unknown");
  return t("credit.estimated", { energy: formatEnergy(estimate.remainingWh, locale) });
}

/** "about 6 days"; empty where it cannot be said. */
export function daysLeftText(estimate: Estimate, t: Translate): string {
  return estimate.basis === "unknown" ? "" : t("credit.days", { count: estimate.daysLeft });
}
