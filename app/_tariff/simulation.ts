import type {
  ComparisonView,
  EditorFields,
  SimulationView,
} from "@/components/tariffs/editor-state";
import type { Translate } from "@/components/ui/translate";
import {
  type CurrencyCode,
  formatEnergy,
  formatMoney,
  money,
  parseAmount,
  parseDecimal,
} from "@/lib/money";
import {
  compareTariffs,
  fixedDue,
  isAboveReference,
  nextKwh,
  type Price,
  type PriceLine,
  priceOfAmount,
  type ReferenceTariff,
  type TariffDefinition,
} from "@/lib/tariffs";
import { limitText, priceText } from "./decimal-text";

export type Simulated = {
  readonly definition: TariffDefinition;
  readonly currency: CurrencyCode;
  readonly locale: string;
  readonly t: Translate;
};

type Answer =
  | { readonly simulation: SimulationView }
  | { readonly errors: Readonly<Record<string, string>> };

const FIRST_DAY = { state: null, since: "2026-06-01", today: "2026-06-01" };

/** What the amount would buy, and why, on the day after a month's fixed charges fell due. */
export function simulate(given: Simulated, fields: EditorFields): Answer {
  const { definition, currency, t } = given;
  const amount = parseAmount(fields.tryAmount, currency);
  if (!amount.ok) return { errors: { tryAmount: t(`tariffs.amount-${amount.error}`) } };
  const typedKwh = parseDecimal(fields.tryMonthKwh.trim() || "0");
  if (!typedKwh.ok || typedKwh.value.scale > 3 || fields.tryMonthKwh.length > 12) {
    return { errors: { tryMonthKwh: t("tariffs.kwhWrong") } };
  }
  const { digits, scale } = typedKwh.value;
  const monthToDateWh = digits * 10n ** BigInt(3 - scale);
  const due = definition.fixed.map(
    (charge) => [charge.code, fixedDue({ charge, currency, ...FIRST_DAY })] as const,
  );
  const basis = { monthToDateWh, arrearsMinor: 0n, fixedDueMinor: new Map(due) };
  const price = priceOfAmount({ definition, currency, amountMinor: amount.value, basis });
  if (!price.ok) return { errors: { tryAmount: t("tariffs.amount-too-small") } };
  return { simulation: simulationView(given, amount.value, price.value, monthToDateWh) };
}

function simulationView(
  { definition, currency, locale, t }: Simulated,
  amountMinor: bigint,
  price: Price,
  monthToDateWh: bigint,
): SimulationView {
  const moneyText = (minor: bigint) => formatMoney(money(minor, currency), locale);
  const energy = (wh: bigint) => formatEnergy(wh, locale, { decimals: 3 });
  const limit = (wh: bigint) => limitText(wh, locale);
  const next = nextKwh({ definition, currency, monthToDateWh: monthToDateWh + price.energyWh });
  const nextValues = { currency, price: priceText(next.priceMajorPerKwh, currency) };
  const rest: PriceLine[] =
    price.unspentMinor > 0n ? [{ code: "unspent", amountMinor: price.unspentMinor }] : [];
  return {
    headline: t("tariffs.buys", {
      amount: moneyText(amountMinor),
      energy: energy(price.energyWh),
    }),
    because: price.blocks.map((block) =>
      t(block.upToWh === null ? "tariffs.blockLast" : "tariffs.block", {
        energy: energy(block.energyWh),
        price: priceText(block.pricePerKwh, currency),
        upTo: block.upToWh === null ? "" : limit(block.upToWh),
        currency,
        cost: moneyText(block.costMinor),
      }),
    ),
    lines: [...price.lines, ...rest].map((line) => ({
      key: line.code,
      label: lineLabel(line.code, t),
      amountText: moneyText(line.amountMinor),
    })),
    nextText:
      next.untilWh === null
        ? t("tariffs.nextAlways", nextValues)
        : t("tariffs.nextUntil", { ...nextValues, until: limit(next.untilWh) }),
  };
}

function lineLabel(code: string, t: Translate): string {
  const [kind = "", name = ""] = code.split(/:(.*)/s);
  if (kind === "levy") return t("tariffs.lineLevy", { name });
  if (kind === "fixed") return t("tariffs.lineFixed", { name });
  const known = (["fee", "arrears", "energy", "tax", "unspent"] as const).find(
    (each) => each === kind,
  );
  return known ? t(`tariffs.line-${known}`) : code;
}

/** Month by month beside the published tariff, with a clear word where one of them costs more. */
export function comparisonView(
  { definition, currency, locale, t }: Simulated,
  reference: ReferenceTariff,
): ComparisonView {
  const months = compareTariffs({ own: definition, reference: reference.definition, currency });
  const isAbove = isAboveReference(months);
  const moneyText = (minor: bigint) => formatMoney(money(minor, currency), locale);
  const { utility, category, source } = reference;
  return {
    title: t(isAbove ? "tariffs.above" : "tariffs.notAbove", { utility, category }),
    isAbove,
    text: t(isAbove ? "tariffs.aboveText" : "tariffs.notAboveText", { source }),
    texts: {
      compared: t("tariffs.compared"),
      month: t("tariffs.comparedMonth"),
      own: t("tariffs.comparedOwn"),
      reference: t("tariffs.comparedReference"),
      difference: t("tariffs.comparedDifference"),
    },
    months: months.map(({ energyWh, ownMinor, referenceMinor }) => {
      const difference = differenceText(ownMinor, referenceMinor, locale);
      const isMore = ownMinor > referenceMinor;
      return {
        key: energyWh.toString(),
        energyText: t("tariffs.kwh", { energy: formatEnergy(energyWh, locale, { decimals: 0 }) }),
        ownText: moneyText(ownMinor),
        referenceText: moneyText(referenceMinor),
        differenceText: isMore ? t("tariffs.aboveBy", { difference }) : difference,
        isAbove: isMore,
      };
    }),
  };
}

/** Whole percent towards the reference: "+12 %", "−3 %". */
function differenceText(own: bigint, reference: bigint, locale: string): string {
  if (reference === 0n) return "";
  const percent = ((own - reference) * 1_000n) / reference;
  return new Intl.NumberFormat(locale, {
    style: "percent",
    signDisplay: "exceptZero",
    maximumFractionDigits: 1,
  }).format(Number(percent) / 1_000);
}
