import type { FigureView } from "@/components/ui/figures";
import type { Translate } from "@/components/ui/translate";
import { formatEnergy, formatMoney } from "@/lib/money";
import type { BuildingFacts } from "@/lib/property";
import type { BuildingNow } from "../../building-now";

/** The figures above the façade: today's sales where the role may see money, and who is dark. */
export function buildingFigures(context: {
  readonly building: BuildingFacts;
  readonly state: BuildingNow;
  readonly t: Translate;
}): readonly FigureView[] {
  const { building, state, t } = context;
  const { currency, locale } = building;
  const numbers = new Intl.NumberFormat(locale);
  const count = (light: string) => state.units.filter((unit) => unit.light === light).length;
  const { today } = state;
  const money: readonly FigureView[] = today
    ? [
        {
          label: t("figures.soldToday"),
          valueText: formatMoney({ amountMinor: today.amountMinor, currency }, locale, {
            isShort: true,
          }),
        },
        {
          label: t("figures.energySold"),
          valueText: formatEnergy(today.energyWh, locale),
          unitText: t("energy.unit"),
        },
      ]
    : [];
  const people: readonly FigureView[] = [
    { label: t("figures.runsOut"), valueText: numbers.format(count("dim")) },
    { label: t("figures.outOfCredit"), valueText: numbers.format(count("dark")) },
  ];
  return [...money, ...people];
}
