import { receiptLinks } from "@/app/_receipt/receipt-links";
import { receiptSections } from "@/app/_receipt/receipt-rows";
import type { Translate } from "@/components/ui/translate";
import type { LineView } from "@/components/vending/amount-lines";
import type { SlipView } from "@/components/vending/slip";
import type { SlipPageView } from "@/components/vending/slip-page";
import type { WhyView } from "@/components/vending/why-units";
import { formatDecimal, formatEnergy, formatMoney } from "@/lib/money";
import { formatMeterNumber, parseMeterNumber } from "@/lib/sts";
import type { PurchaseView } from "@/lib/vending";
import { formatInstant } from "./instants";

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

/** The price itself stands on the slip already. */
const SLIP_SECTIONS = ["tariff", "energy", "due", "meter", "sale", "help"] as const;

/** The slip of an issued purchase. Without digits for a reader who may not see them. */
export function slipView(
  purchase: PurchaseView,
  context: { readonly t: Translate; readonly isPractice: boolean; readonly showsDigits: boolean },
): SlipView {
  const { t, isPractice, showsDigits } = context;
  const { seller, meter, tokenParts, locale } = purchase;
  const key = { sgc: meter.supplyGroupCode, krn: meter.keyRevisionNumber, ti: meter.tariffIndex };
  const energyText = (energyWh: bigint) =>
    t("energy.kwh", { energy: formatEnergy(energyWh, locale) });
  return {
    sellerName: seller.legalName,
    sellerDetails: [
      purchase.buildingName,
      ...(seller.taxNumber ? [t("slip.taxNumber", { number: seller.taxNumber })] : []),
    ],
    receiptNumberText: purchase.receiptNumber ?? "",
    dateText: purchase.issuedAt ? formatInstant(purchase.issuedAt, purchase) : "",
    meterNumberText: meterNumberText(meter.meterNumber),
    unitText: purchase.unitLabel,
    energyText: t("energy.kwh", { energy: energyNumberText(purchase) }),
    lines: priceLines(purchase, t),
    notes: [
      ...priceNotes(purchase, t),
      t("slip.key", { ...key, algorithm: meter.encryptionAlgorithm }),
    ],
    totalText: moneyText(purchase, purchase.quote.amountMinor),
    sections: receiptSections(purchase, t, SLIP_SECTIONS),
    tokens: showsDigits
      ? tokenParts.map(({ digits, energyWh }) => {
          return { digits, kind: "credit" as const, energyText: energyText(energyWh) };
        })
      : [],
    isPractice,
  };
}

/** The page of a bought token, for who may see its digits: the buyer, and the resident later. */
export function slipPageView(
  purchase: PurchaseView,
  context: {
    readonly t: Translate;
    readonly isPractice: boolean;
    /** The slip's own address: its other forms stand below it. */
    readonly path: string;
    readonly why: WhyView | null;
  },
): SlipPageView {
  const { meterNumber } = purchase.meter;
  return {
    slip: slipView(purchase, { ...context, showsDigits: true }),
    links: receiptLinks(context.path, context.t, { showsDigits: true }),
    why: context.why,
    againHref: `/buy?meter=${meterNumber}`,
    practiceMeterHref: context.isPractice ? `/practice-meter/${meterNumber}` : null,
  };
}
