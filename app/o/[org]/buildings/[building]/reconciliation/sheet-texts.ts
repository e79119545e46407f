import { formatInstant } from "@/app/_view/instants";
import type { MessageKey, Translate } from "@/components/ui/translate";
import { formatEnergy, formatMoney } from "@/lib/money";
import { type BuildingFacts, startOfCivilDay } from "@/lib/property";
import type { Figure } from "@/lib/reconciliation";

const MINUS = "−";

/** Exact to the watt-hour where `decimals` is 3; with a minus for less than nothing. */
export function kwhText(wh: bigint, { locale }: BuildingFacts, decimals = 1): string {
  const text = formatEnergy(wh < 0n ? -wh : wh, locale, { decimals });
  return wh < 0n ? `${MINUS}${text}` : text;
}

export function moneyText(amountMinor: bigint, { currency, locale }: BuildingFacts): string {
  return formatMoney({ amountMinor, currency }, locale);
}

/** "October 2026" in the building's own way. */
export function monthText(month: string, { locale, timeZone }: BuildingFacts): string {
  const style = { month: "long", year: "numeric", timeZone } as const;
  const first = startOfCivilDay(`${month}-01`, timeZone);
  return new Intl.DateTimeFormat(locale, style).format(first);
}

export const FIGURE_KEYS = {
  supplied: "reconciliation.supplied",
  used: "reconciliation.used",
  common: "reconciliation.common",
  unexplained: "reconciliation.unexplained",
  received: "reconciliation.received",
  sold: "reconciliation.sold",
  account: "reconciliation.account",
  refunded: "reconciliation.refunded",
  open: "reconciliation.open",
  difference: "reconciliation.difference",
  free: "reconciliation.free",
} as const satisfies Record<Figure, MessageKey>;

type Basis = {
  readonly measuredDays: number;
  readonly estimatedDays: number;
  readonly missingDays: number;
  readonly basisAt: Date | null;
};

/** "measured, newest reading 3 Nov 2026, 14:05, 2 days missing"; empty where nothing is known. */
export function basisText(basis: Basis, building: BuildingFacts, t: Translate): string {
  const { measuredDays, estimatedDays, missingDays, basisAt } = basis;
  const parts: string[] = [];
  if (measuredDays > 0 && estimatedDays > 0) {
    const days = { measured: measuredDays, estimated: estimatedDays };
    parts.push(t("reconciliation.mixed", days));
  } else if (measuredDays > 0) {
    parts.push(t("reconciliation.measured"));
  } else if (estimatedDays > 0) {
    parts.push(t("reconciliation.estimated"));
  }
  if (basisAt) parts.push(t("reconciliation.basisAt", { at: formatInstant(basisAt, building) }));
  if (missingDays > 0) parts.push(t("reconciliation.unknownDays", { count: missingDays }));
  return parts.join(", ");
}
