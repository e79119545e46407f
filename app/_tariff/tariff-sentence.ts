import type { Translate } from "@/components/ui/translate";
import type { CurrencyCode } from "@/lib/money";
import type { TariffDefinition } from "@/lib/tariffs";
import { decimalText, limitText, priceText } from "./decimal-text";

type Said = {
  readonly definition: TariffDefinition;
  readonly currency: CurrencyCode;
  readonly locale: string;
  readonly t: Translate;
};

/** What a version says, as sentences: the steps, what is added, and what is taken before energy. */
export function tariffSentences(said: Said): readonly string[] {
  const { definition, currency, t } = said;
  const { tax, fee, arrears } = definition;
  const percentOf = (percent: TariffDefinition["tax"]["percent"]) => decimalText(percent);
  const taxText =
    tax.percent.digits === 0n
      ? t("tariffs.saidNoTax")
      : t(definition.pricesIncludeTax ? "tariffs.saidTaxInside" : "tariffs.saidTax", {
          name: tax.code,
          percent: percentOf(tax.percent),
        });
  return [
    stepsText(said),
    taxText,
    ...definition.levies.map((levy) =>
      "perKwh" in levy
        ? t("tariffs.saidLevy", {
            name: levy.code,
            currency,
            amount: priceText(levy.perKwh, currency),
          })
        : t("tariffs.saidLevyPercent", { name: levy.code, percent: percentOf(levy.percent) }),
    ),
    ...definition.fixed.map((charge) =>
      charge.amount === null
        ? t("tariffs.saidFixedTold", { name: charge.code })
        : t(charge.per === "day" ? "tariffs.saidFixedDay" : "tariffs.saidFixedMonth", {
            name: charge.code,
            currency,
            amount: priceText(charge.amount, currency),
          }),
    ),
    ...(fee.percent.digits > 0n || fee.fixed.digits > 0n ? [feeText(said)] : []),
    ...(arrears.maxPercent.digits > 0n
      ? [t("tariffs.saidArrears", { percent: percentOf(arrears.maxPercent) })]
      : []),
  ];
}

function stepsText({ definition, currency, locale, t }: Said): string {
  const parts = definition.steps.map(({ upToWh, price }, index) => {
    const values = { currency, price: priceText(price, currency) };
    if (upToWh !== null) {
      const upTo = limitText(upToWh, locale);
      return t("tariffs.saidStep", { ...values, upTo });
    }
    return t(index === 0 ? "tariffs.saidOnly" : "tariffs.saidAbove", values);
  });
  return t("tariffs.saidSteps", { steps: parts.join(t("tariffs.saidThen")) });
}

function feeText({ definition, currency, t }: Said): string {
  const { percent, fixed, bearer } = definition.fee;
  return t(bearer === "resident" ? "tariffs.saidFeeResident" : "tariffs.saidFeeOwner", {
    percent: decimalText(percent),
    fixed: priceText(fixed, currency),
    currency,
  });
}
