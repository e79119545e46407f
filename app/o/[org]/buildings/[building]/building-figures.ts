import { formatDay } from "@/app/_view/instants";
import type { FigureView } from "@/components/ui/figures";
import type { Translate } from "@/components/ui/translate";
import { formatEnergy, formatMoney } from "@/lib/money";
import type { BuildingNow } from "../../building-now";

/** The figures above the façade: today's sales where the role may see money, use, who is dark. */
export function buildingFigures(context: {
  readonly state: BuildingNow;
  readonly seesMoney: boolean;
  readonly now: Date;
  readonly t: Translate;
}): readonly FigureView[] {
  const { state, seesMoney, t } = context;
  const { currency, locale } = state.building;
  const numbers = new Intl.NumberFormat(locale);
  const count = (light: string) => state.units.filter((unit) => unit.light === light).length;
  const { soldMinor, soldWh } = state.state;
  const money: readonly FigureView[] = seesMoney
    ? [
        {
          label: t("figures.soldToday"),
          valueText: formatMoney({ amountMinor: soldMinor, currency }, locale, { isShort: true }),
        },
        {
          label: t("figures.energySold"),
          valueText: formatEnergy(soldWh, locale),
          unitText: t("energy.unit"),
        },
      ]
    : [];
  const people: readonly FigureView[] = [
    { label: t("figures.runsOut"), valueText: numbers.format(count("dim")) },
    { label: t("figures.outOfCredit"), valueText: numbers.format(count("dark")) },
  ];
  return [...money, usedFigure(context), ...people];
}

function usedFigure(context: Parameters<typeof buildingFigures>[0]): FigureView {
  const { t, state, now } = context;
  const { basisAt, isMeasured, usedMonthWh } = state.state;
  const label = t("figures.usedMonth");
  if (!basisAt) return { label, valueText: "–", unitText: t("figures.noReading") };
  const basis = isMeasured ? t("figures.measured") : t("figures.estimated");
  return {
    label,
    valueText: formatEnergy(usedMonthWh, state.building.locale),
    unitText: `${basis}, ${formatDay(basisAt, state.building, now)}`,
  };
}
