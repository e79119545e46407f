import { formatDay, formatInstant } from "@/app/_view/instants";
import type { HomeCreditView } from "@/components/residents/home-credit";
import type { Translate } from "@/components/ui/translate";
import type { Estimate } from "@/lib/metering";
import { formatEnergy } from "@/lib/money";
import { civilDayAt, type HeldUnit } from "@/lib/property";

/** What a meter is believed to hold, in words: the days large, what they stand on below. */
export function homeCreditView(
  estimate: Estimate,
  { building }: HeldUnit,
  { now, t }: { readonly now: Date; readonly t: Translate },
): HomeCreditView {
  if (estimate.basis === "unknown") {
    const text = t("homePage.unknownText");
    return { kind: "unknown", numberText: "", title: t("homePage.unknown"), text };
  }
  const { locale } = building;
  const energy = formatEnergy(estimate.remainingWh, locale);
  const daily = formatEnergy(estimate.dailyUseWh, locale);
  const { basis, basisAt, dailyUseWh, daysLeft } = estimate;
  const read = basisAt && readText(basisAt, building, now);
  const text =
    basis === "measured" && read
      ? t("homePage.measured", { energy, daily, at: read })
      : read
        ? t("homePage.estimatedSince", { energy, daily, at: read })
        : t("homePage.estimated", { energy, daily });
  if (estimate.remainingWh === 0n) {
    return {
      kind: "dark",
      numberText: "",
      title: t("homePage.empty"),
      text: t("homePage.emptyText"),
    };
  }
  if (dailyUseWh === 0n && read) {
    const text = t("homePage.onMeterText", { at: read });
    return { kind: "bright", numberText: energy, title: t("homePage.onMeter"), text };
  }
  return {
    kind: daysLeft < 7 ? "dim" : "bright",
    numberText: daysLeft === 0 ? "" : new Intl.NumberFormat(locale).format(daysLeft),
    title: t("homePage.daysLeft", { count: daysLeft }),
    text,
  };
}

/** The time of a reading of today; else the day. */
function readText(at: Date, place: HeldUnit["building"], now: Date): string {
  const { timeZone } = place;
  const isToday = civilDayAt(at, timeZone) === civilDayAt(now, timeZone);
  return isToday ? formatInstant(at, place) : formatDay(at, place, now);
}
