import { formatInstant } from "@/app/_view/instants";
import {
  energyNumberText,
  meterNumberText,
  moneyText,
  priceLines,
  priceNotes,
} from "@/app/_view/purchase-texts";
import type { Translate } from "@/components/ui/translate";
import type { SlipView } from "@/components/vending/slip";
import type { SlipPageView } from "@/components/vending/slip-page";
import type { WhyView } from "@/components/vending/why-units";
import { formatEnergy } from "@/lib/money";
import type { PurchaseView } from "@/lib/vending";
import { receiptLinks } from "./receipt-links";
import { receiptSections } from "./receipt-rows";

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
