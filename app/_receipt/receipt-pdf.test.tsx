import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { describe, expect, it } from "vitest";
import type { ReceiptView } from "@/components/vending/receipt-view";
import { receiptPdf } from "./receipt-pdf";

const VIEW: ReceiptView = {
  titleText: "Receipt",
  sellerName: "Acacia Homes Limited",
  sellerDetails: ["Acacia Court", "VAT P051234567X"],
  receiptNumberText: "Receipt WA-000123",
  dateText: "1 Jun 2026, 11:30",
  reprintText: "Copy 2, handed out on 2 Jun 2026 by Grace",
  energyText: "1,700.0 kWh",
  tokens: [
    { key: "a", label: "Token 1, 1,638.3 kWh", groups: ["1234", "5678", "9012", "3456", "7890"] },
    { key: "b", label: "Token 2, 61.7 kWh", groups: ["1111", "1111", "1111", "2222", "2222"] },
  ],
  tokensNote: "Type them in this order and wait for ACCEPT after each.",
  sections: [
    {
      key: "price",
      title: "Price",
      rows: [
        {
          key: "paid",
          label: "Paid",
          value: "KSh 500.00",
          isCode: false,
          isProse: false,
          isTotal: true,
        },
        {
          key: "long",
          label: "Of this VAT",
          value: "₦ 12",
          isCode: false,
          isProse: false,
          isTotal: false,
        },
      ],
    },
    {
      key: "sale",
      title: "Sale",
      rows: [
        {
          key: "r",
          label: "Our reference",
          value: "x".repeat(79),
          isCode: true,
          isProse: false,
          isTotal: false,
        },
      ],
    },
  ],
  practiceText: "Practice slip, practice money.",
};

async function textOf(pdf: Uint8Array): Promise<string> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const pages = Array.from({ length: document.numPages }, (_, index) => index + 1);
  const texts = await Promise.all(
    pages.map(async (number) => {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      return items.map((item) => ("str" in item ? item.str : "")).join(" ");
    }),
  );
  return texts.join(" ").replaceAll(/\s+/g, " ");
}

describe("the PDF of a receipt", () => {
  it("carries the tokens in order, the seller, the copy and the sum as text", async () => {
    const text = await textOf(await receiptPdf(VIEW, "en"));
    const first = text.indexOf("1234 5678 9012 3456 7890");
    expect(first).toBeGreaterThan(0);
    expect(text.indexOf("1111 1111 1111 2222 2222")).toBeGreaterThan(first);
    for (const told of ["Acacia Homes Limited", "P051234567X", "WA-000123", "Copy 2", "500.00"]) {
      expect(text).toContain(told);
    }
    expect(text).toContain("₦ 12");
    expect(text).toContain(`${"x".repeat(40)} ${"x".repeat(39)}`);
  });

  it.each([
    ["Amharic", "አካሺያ ኮርት"],
    ["Hindi", "बिजली"],
    ["Greek", "Ακακία"],
    ["Cyrillic", "Акация"],
    ["Polish", "Żółć"],
  ])("writes a name in %s", async (_, sellerName) => {
    const text = await textOf(await receiptPdf({ ...VIEW, sellerName }, "en"));
    // Letters of several fonts come apart, and vowel signs stand as they are drawn.
    const letters = (from: string) => [...from.normalize("NFC").replaceAll(/\s/gu, "")].sort();
    const [drawn = ""] = text.split("Acacia Court");
    expect(letters(drawn)).toEqual(letters(sellerName));
  });

  it("writes an Arabic name with letters that join, from right to left", async () => {
    const pdf = await receiptPdf({ ...VIEW, sellerName: "شركة النور" }, "en");
    expect((await textOf(pdf)).normalize("NFKC")).toMatch(/[\u0600-\u06ff]{3}/);
  });
});
