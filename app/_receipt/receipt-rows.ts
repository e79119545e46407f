import { formatInstant } from "@/app/_view/instants";
import { lineLabel, meterNumberText, moneyText } from "@/app/_view/purchase-texts";
import type { Translate } from "@/components/ui/translate";
import type { ReceiptRowView, ReceiptSectionView } from "@/components/vending/receipt-view";
import { type Decimal, formatDecimal, formatEnergy, minorDigitsOf } from "@/lib/money";
import { type PurchaseView, type ReceiptRow, type ReceiptSection, receiptOf } from "@/lib/vending";

type Context = { readonly purchase: PurchaseView; readonly t: Translate };
type SectionCode = ReceiptSection["code"];

/** The sections of a receipt in words; only those that are asked for, in the receipt's order. */
export function receiptSections(
  purchase: PurchaseView,
  t: Translate,
  only?: readonly SectionCode[],
): readonly ReceiptSectionView[] {
  return receiptOf(purchase)
    .sections.filter(({ code }) => only === undefined || only.includes(code))
    .map(({ code, rows }) => ({
      key: code,
      title: t(`receiptSection.${code}`),
      rows: rows.map((row, index) => rowView(row, index, { purchase, t })),
    }));
}

function rowView(row: ReceiptRow, index: number, context: Context): ReceiptRowView {
  return {
    key: `${row.label}-${index}`,
    label: labelOf(row, context),
    value: valueText(row, context),
    isCode: row.value.kind === "code",
    isProse: row.value.kind === "text",
    isTotal: row.label === "paid",
  };
}

function labelOf({ label, name = "", value }: ReceiptRow, { purchase, t }: Context): string {
  switch (label) {
    case "line":
      return lineLabel(purchase, name, t);
    case "wallet":
    case "unspent":
      return t(`lines.${label}`);
    case "block":
      return value.kind === "block"
        ? t(blockKey(purchase), {
            energy: wholeEnergy(purchase, value.energyWh),
            price: priceText(value.pricePerKwh, purchase),
          })
        : "";
    default:
      return t(`receiptLabel.${label}`, { name });
  }
}

function valueText({ label, value }: ReceiptRow, { purchase, t }: Context): string {
  switch (value.kind) {
    case "text":
      return value.text;
    case "code":
      return label === "meterNumber" ? meterNumberText(value.text) : value.text;
    case "instant":
      return formatInstant(value.at, purchase);
    case "money":
      return moneyText(purchase, value.amountMinor);
    case "block":
      return moneyText(purchase, value.costMinor);
    case "energy":
      return t("energy.kwh", { energy: wholeEnergy(purchase, value.energyWh) });
    case "rate":
      return rateText(value.pricePerKwh, purchase, t);
  }
}

/** To the watt-hour: what is carried shows in the third place. */
function wholeEnergy({ locale }: PurchaseView, energyWh: bigint): string {
  return formatEnergy(energyWh, locale, { decimals: 3 });
}

/** A block may cost more than its energy at the step's price: what else is in it is said. */
function blockKey({ quote }: PurchaseView) {
  const { levies, pricesIncludeTax, tax } = quote.definition;
  if (levies.length > 0) return "receipt.blockWithLevies";
  const isTaxed = !pricesIncludeTax && tax.percent.digits > 0n;
  return isTaxed ? "receipt.blockWithTax" : "receipt.blockOf";
}

/** "KES 23.1764 / kWh". */
export function rateText(rate: Decimal, purchase: PurchaseView, t: Translate): string {
  const { currency } = purchase;
  return t("receipt.rate", { currency, price: priceText(rate, purchase) });
}

/** A price for a kWh with as many places as it needs, at least the currency's own. */
function priceText(rate: Decimal, { currency }: PurchaseView): string {
  const least = minorDigitsOf(currency);
  let { digits, scale } = rate;
  while (scale > least && digits % 10n === 0n) {
    digits /= 10n;
    scale -= 1;
  }
  const missing = Math.max(0, least - scale);
  return formatDecimal({ digits: digits * 10n ** BigInt(missing), scale: scale + missing });
}
