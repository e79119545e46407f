import { renderDocument } from "@/app/_document/document";
import { LANGUAGE } from "@/app/_view/frames";
import { energyNumberText } from "@/app/_view/purchase-texts";
import type { Translate } from "@/components/ui/translate";
import { ReceiptPaper, type RollWidth } from "@/components/vending/receipt-paper";
import { formatMoneyPlain } from "@/lib/money";
import { isSold, type PurchaseView, receiptJson, smsTexts } from "@/lib/vending";
import { receiptPdf } from "./receipt-pdf";
import { type ReceiptContext, receiptView } from "./receipt-view";

/** The last part of an address: which form of the receipt it gives. */
const FORMS = ["receipt.pdf", "receipt.json", "receipt.txt", "print"] as const;
type Form = (typeof FORMS)[number];

type Visit = ReceiptContext & { readonly request: Request; readonly backHref: string };

/**
 * A sold purchase's receipt in the form that an address asks for, to whoever the scope let in;
 * null where there is no such form or no receipt. Never stored: it may carry a token.
 */
export async function receiptAnswer(
  form: string,
  purchase: PurchaseView,
  visit: Visit,
): Promise<Response | null> {
  const known = FORMS.find((one): one is Form => one === form);
  if (!known || !isSold(purchase.status)) return null;
  switch (known) {
    case "receipt.pdf": {
      const pdf = await receiptPdf(receiptView(purchase, visit), LANGUAGE.lang);
      return file(new Uint8Array(pdf), "application/pdf", fileName(purchase, "pdf"));
    }
    case "receipt.json": {
      const { showsDigits, copy } = visit;
      const json = JSON.stringify(receiptJson(purchase, { showsDigits, reprint: copy }));
      return file(json, "application/json; charset=utf-8", fileName(purchase, "json"));
    }
    case "receipt.txt":
      if (!visit.showsDigits) return null;
      return file(`${textMessages(purchase, visit.t).join("\n\n")}\n`, "text/plain; charset=utf-8");
    case "print":
      return printPage(purchase, visit);
  }
}

const fileName = ({ receiptNumber }: PurchaseView, ending: string) =>
  `receipt-${receiptNumber ?? "none"}.${ending}`;

function file(body: BodyInit, type: string, name?: string): Response {
  return new Response(body, {
    headers: {
      "Content-Type": type,
      ...(name ? { "Content-Disposition": `inline; filename="${name}"` } : {}),
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
    },
  });
}

/** A bought token as text messages. */
export function textMessages(purchase: PurchaseView, t: Translate): readonly string[] {
  const { quote, currency, seller, meter } = purchase;
  return smsTexts({
    tokens: purchase.tokens,
    energyText: t("energy.kwh", { energy: energyNumberText(purchase) }),
    amountText: `${currency} ${formatMoneyPlain(quote.amountMinor, currency)}`,
    meterNumber: meter.meterNumber,
    receiptNumber: purchase.receiptNumber ?? "",
    sellerName: seller.legalName,
    contactText: seller.contactPhone ?? seller.contactEmail,
  });
}

function printPage(purchase: PurchaseView, visit: Visit): Promise<Response> {
  const { t, request, backHref } = visit;
  const address = new URL(request.url);
  const width: RollWidth = address.searchParams.get("width") === "58" ? 58 : 80;
  const other = new URLSearchParams(address.searchParams);
  other.set("width", width === 58 ? "80" : "58");
  return renderDocument({
    ...LANGUAGE,
    title: t("receipt.title"),
    script: "/slip.js",
    children: (
      <ReceiptPaper
        view={receiptView(purchase, visit)}
        width={width}
        backHref={backHref}
        otherHref={`?${other}`}
        t={t}
      />
    ),
  });
}
