import { formatInstant } from "@/app/_view/instants";
import { energyNumberText } from "@/app/_view/purchase-texts";
import type { Translate } from "@/components/ui/translate";
import type { ReceiptTokenView, ReceiptView } from "@/components/vending/receipt-view";
import { formatEnergy } from "@/lib/money";
import type { PurchaseView, ReprintView } from "@/lib/vending";
import { receiptSections } from "./receipt-rows";

/** A copy that staff hand out, with the name of who does. */
export type Copy = ReprintView & { readonly name: string };

export type ReceiptContext = {
  readonly t: Translate;
  readonly isPractice: boolean;
  readonly showsDigits: boolean;
  readonly copy: Copy | null;
};

/** A receipt in words, for paper and PDF. */
export function receiptView(purchase: PurchaseView, context: ReceiptContext): ReceiptView {
  const { t, isPractice, showsDigits, copy } = context;
  const { seller } = purchase;
  const tokens = showsDigits ? tokenViews(purchase, t) : [];
  return {
    titleText: t("receipt.title"),
    sellerName: seller.legalName,
    sellerDetails: [
      purchase.buildingName,
      ...(seller.taxNumber ? [t("slip.taxNumber", { number: seller.taxNumber })] : []),
    ],
    receiptNumberText: t("slip.receipt", { number: purchase.receiptNumber ?? "" }),
    dateText: purchase.issuedAt ? formatInstant(purchase.issuedAt, purchase) : "",
    reprintText: copy && copyText(copy, purchase, t),
    energyText: t("energy.kwh", { energy: energyNumberText(purchase) }),
    tokens,
    tokensNote: tokensNote(tokens.length, t),
    sections: receiptSections(purchase, t),
    practiceText: isPractice ? t("slip.notMoney") : null,
  };
}

function copyText({ number, at, name }: Copy, purchase: PurchaseView, t: Translate): string {
  return t("receipt.reprint", { number: String(number), at: formatInstant(at, purchase), name });
}

function tokenViews({ tokenParts, locale }: PurchaseView, t: Translate): ReceiptTokenView[] {
  return tokenParts.map(({ digits, energyWh }, index) => ({
    key: digits,
    label:
      tokenParts.length > 1
        ? t("receipt.tokenStep", {
            step: String(index + 1),
            energy: formatEnergy(energyWh, locale),
          })
        : null,
    groups: digits.match(/.{4}/g) ?? [],
  }));
}

function tokensNote(count: number, t: Translate): string | null {
  if (count === 0) return t("receipt.noDigits");
  return count > 1 ? t("receipt.tokensInOrder") : null;
}
