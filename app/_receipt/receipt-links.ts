import type { Translate } from "@/components/ui/translate";
import type { ReceiptLinkView } from "@/components/vending/receipt-links";

/** The forms of a receipt below an address; `copy` names the copy that staff hand out. */
export function receiptLinks(
  path: string,
  t: Translate,
  shown: { readonly showsDigits: boolean; readonly copy?: number },
): readonly ReceiptLinkView[] {
  const asked = shown.copy === undefined ? "" : `copy=${shown.copy}`;
  const link = (form: string, label: string, width = "") => {
    const query = [width, asked].filter(Boolean).join("&");
    return { href: `${path}/${form}${query ? `?${query}` : ""}`, label };
  };
  return [
    link("receipt.pdf", t("receipt.pdf")),
    link("print", t("receipt.print80"), "width=80"),
    link("print", t("receipt.print58"), "width=58"),
    ...(shown.showsDigits ? [link("receipt.txt", t("receipt.sms"))] : []),
    link("receipt.json", t("receipt.json")),
  ];
}
