import type { Translate } from "@/components/ui/translate";
import type { LineView } from "@/components/vending/amount-lines";
import { formatDecimal, formatEnergy, formatMoney } from "@/lib/money";
import { formatMeterNumber, parseMeterNumber } from "@/lib/sts";
import type { PurchaseView } from "@/lib/vending";

/** An amount in the purchase's currency, in the building's own way. */
export function moneyText(purchase: PurchaseView, amountMinor: bigint): string {
  return formatMoney({ amountMinor, currency: purchase.currency }, purchase.locale);
}

/** What is paid, where it stands alone: "KSh 500". */
export function paidText(purchase: PurchaseView): string {
  const { quote, currency, locale } = purchase;
  return formatMoney({ amountMinor: quote.amountMinor, currency }, locale, { isShort: true });
}

/** What the token adds, without its unit: "20.4". */
export function energyNumberText(purchase: PurchaseView): string {
  return formatEnergy(BigInt(purchase.quote.tokenUnits) * 100n, purchase.locale);
}

/** A stored meter number, grouped as it is printed on meters. */
export function meterNumberText(stored: string): string {
  const parsed = parseMeterNumber(stored);
  return parsed.ok ? formatMeterNumber(parsed.value) : stored;
}

/** The lines of a price; they add up to what is paid. */
export function priceLines(purchase: PurchaseView, t: Translate): readonly LineView[] {
  const { quote } = purchase;
  const money = (amountMinor: bigint) => moneyText(purchase, amountMinor);
  const lines: LineView[] = quote.lines
    .filter(({ amountMinor }) => amountMinor > 0n)
    .map(({ code, amountMinor }) => ({
      key: code,
      label: lineLabel(purchase, code, t),
      amountText: money(amountMinor),
    }));
  if (quote.walletMinor > 0n) {
    const label = t("lines.wallet");
    lines.unshift({ key: "wallet", label, amountText: money(-quote.walletMinor) });
  }
  if (quote.unspentMinor > 0n) {
    const label = t("lines.unspent");
    lines.push({ key: "unspent", label, amountText: money(quote.unspentMinor) });
  }
  return lines;
}

/** What one line of a price is called. */
export function lineLabel({ quote, locale }: PurchaseView, code: string, t: Translate): string {
  const [kind = "", name = ""] = code.split(":");
  const energy = formatEnergy(quote.energyWh, locale, { decimals: 3 });
  const [block, ...more] = quote.blocks;
  switch (kind) {
    case "energy":
      return block && more.length === 0
        ? t("lines.energy", { energy, price: formatDecimal(block.pricePerKwh) })
        : t("lines.energySteps", { energy, count: quote.blocks.length });
    case "tax":
      return t("lines.tax", { percent: formatDecimal(quote.definition.tax.percent) });
    case "fee":
      return t("lines.fee");
    case "arrears":
      return t("lines.arrears");
    case "fixed":
      return t("lines.fixed", { name });
    default:
      return t("lines.levy", { name });
  }
}

/** What the lines cannot say: tax inside the price, watt-hours carried, a price made anew. */
export function priceNotes(purchase: PurchaseView, t: Translate): readonly string[] {
  const { quote, locale } = purchase;
  const energy = (energyWh: bigint) => formatEnergy(energyWh, locale, { decimals: 3 });
  const notes: string[] = [];
  if (quote.includedTaxMinor > 0n) {
    const values = {
      amount: moneyText(purchase, quote.includedTaxMinor),
      percent: formatDecimal(quote.definition.tax.percent),
    };
    notes.push(t("lines.includedTax", values));
  }
  if (quote.carriedBeforeWh > 0n) {
    notes.push(t("lines.carriedBefore", { energy: energy(quote.carriedBeforeWh) }));
  }
  if (quote.carriedAfterWh > 0n) {
    notes.push(t("lines.carriedAfter", { energy: energy(quote.carriedAfterWh) }));
  }
  if (purchase.isRepriced) notes.push(t("lines.repriced"));
  return notes;
}
