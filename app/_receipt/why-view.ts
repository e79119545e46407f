import { formatDay } from "@/app/_view/instants";
import { moneyText } from "@/app/_view/purchase-texts";
import type { Translate } from "@/components/ui/translate";
import type { WhyView } from "@/components/vending/why-units";
import { formatDecimal, formatEnergy } from "@/lib/money";
import type { ComparedPurchase, DifferenceReason, PurchaseView } from "@/lib/vending";

type Context = { readonly t: Translate; readonly now: Date };

/** Why a purchase gave more or fewer units than the one before, in words. */
export function whyView(
  purchase: PurchaseView,
  compared: ComparedPurchase,
  { t, now }: Context,
): WhyView {
  const { previous, comparison } = compared;
  const { thenWh, nowWh, differences, main } = comparison;
  const whole = nowWh - thenWh;
  const day = formatDay(previous.issuedAt ?? previous.createdAt, previous, now);
  const kwh = (energyWh: bigint) => formatEnergy(energyWh, purchase.locale, { decimals: 3 });
  const signed = (energyWh: bigint) =>
    energyWh === 0n ? kwh(0n) : `${energyWh > 0n ? "+" : "−"}${kwh(magnitude(energyWh))}`;
  return {
    title: t(titleOf(whole)),
    sentence: sentenceOf({ main, whole, day, energy: kwh(magnitude(whole)) }, purchase, {
      t,
      now,
    }),
    rows: differences.map(({ reason, energyWh }) => ({
      key: reason,
      label: t(`whyRow.${reason}`),
      thenText: factOf(reason, previous, now),
      nowText: factOf(reason, purchase, now),
      energyText: signed(energyWh),
    })),
    total: { thenText: kwh(thenWh), nowText: kwh(nowWh), energyText: signed(whole) },
  };
}

const magnitude = (energyWh: bigint) => (energyWh < 0n ? -energyWh : energyWh);

function titleOf(whole: bigint) {
  if (whole === 0n) return "why.titleSame";
  return whole < 0n ? "why.titleFewer" : "why.titleMore";
}

function sentenceOf(
  what: {
    readonly main: DifferenceReason | null;
    readonly whole: bigint;
    readonly day: string;
    readonly energy: string;
  },
  { tariff, ...place }: PurchaseView,
  { t, now }: Context,
): string {
  const { main, whole, day, energy } = what;
  if (main === null) return t("why.same", { day });
  const date = formatDay(tariff.startsAt, place, now);
  if (whole < 0n) return t("why.fewer", { energy, day, reason: t(`whyLess.${main}`, { date }) });
  return t("why.more", { energy, day, reason: t(`whyMore.${main}`, { date }) });
}

/** What a purchase has to say about one reason. */
function factOf(reason: DifferenceReason, purchase: PurchaseView, now: Date): string {
  const { quote, tariff, locale } = purchase;
  const energy = (energyWh: bigint) => formatEnergy(energyWh, locale, { decimals: 3 });
  const lines = (kind: string) =>
    quote.lines
      .filter(({ code }) => code === kind || code.startsWith(`${kind}:`))
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  switch (reason) {
    case "amount":
      return moneyText(purchase, quote.amountMinor);
    case "wallet":
      return moneyText(purchase, quote.walletMinor);
    case "month":
      return energy(quote.monthBeforeWh);
    case "prices":
      return formatDay(tariff.startsAt, purchase, now);
    case "tax":
      return `${formatDecimal(quote.definition.tax.percent)} %`;
    case "fee":
    case "fixed":
    case "arrears":
      return moneyText(purchase, lines(reason));
    case "carried":
      return energy(quote.carriedBeforeWh);
    case "rest":
      return "";
  }
}
