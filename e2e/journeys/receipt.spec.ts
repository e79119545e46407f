import { expect, type Page, test } from "@playwright/test";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { buy, readSlip } from "../fixtures/buying";
import { rowOf } from "../fixtures/database";
import { flatOf } from "../fixtures/flats";
import { signIn } from "../fixtures/people";
import { anySay, say } from "../fixtures/words";

// A receipt in its forms: the buyer's own, and a copy that staff hand out.

const grouped = (digits: string) => (digits.match(/.{4}/g) ?? []).join(" ");

async function pdfText(body: Buffer): Promise<string> {
  const pdf = await getDocument({ data: new Uint8Array(body), verbosity: 0 }).promise;
  const { items } = await (await pdf.getPage(1)).getTextContent();
  return items
    .map((item) => ("str" in item ? item.str : ""))
    .join(" ")
    .replaceAll(/\s+/g, " ");
}

const hrefOf = async (page: Page, name: string) =>
  (await page.getByRole("link", { name, exact: true }).first().getAttribute("href")) ?? "";

test("a buyer keeps the receipt as PDF, text message and JSON, and prints it narrow", async ({
  page,
}) => {
  const flat = await flatOf("A-503");
  const { digits, receipt } = await buy(page, { meterNumber: flat.meterNumber, amount: "500" });
  await page.getByText(say("receipt.details")).click();
  await expect(page.getByText(say("receiptLabel.supplyGroupCode"))).toBeVisible();
  // Whoever holds the address alone learns nothing of the household.
  await expect(page.getByText(say("receiptLabel.monthBefore"))).toHaveCount(0);

  const pdf = await page.request.get(await hrefOf(page, say("receipt.pdf")));
  expect(pdf.headers()["cache-control"]).toBe("no-store");
  const text = await pdfText(await pdf.body());
  expect(text).toContain(grouped(digits));
  expect(text).toContain(receipt);

  const sms = await (await page.request.get(await hrefOf(page, say("receipt.sms")))).text();
  expect(sms.startsWith(grouped(digits))).toBe(true);
  expect(sms.trimEnd().length).toBeLessThanOrEqual(160);

  const json = await (await page.request.get(await hrefOf(page, say("receipt.json")))).json();
  expect(json).toMatchObject({ receiptNumber: receipt, account: null, tokens: [{ digits }] });

  await page.getByRole("link", { name: say("receipt.print58") }).click();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("link", { name: say("receipt.back") })).toBeHidden();
  await expect(page.getByText(grouped(digits))).toBeVisible();
  const paper = await page.getByRole("article").boundingBox();
  expect(paper?.width ?? 999).toBeLessThanOrEqual(230);
});

test("staff hand out a copy with its number; without one the paper has no token", async ({
  page,
}) => {
  const flat = await flatOf("A-504");
  const { digits } = await buy(page, { meterNumber: flat.meterNumber, amount: "500" });
  expect((await readSlip(page)).digits).toBe(digits);
  const { purchaseId } = await rowOf<{ purchaseId: string }>(
    `SELECT id AS "purchaseId" FROM purchase WHERE unit_id = $1 AND issued_at IS NOT NULL
      ORDER BY created_at DESC LIMIT 1`,
    [flat.unitId],
  );
  await signIn(page, "landlord");
  const path = `${new URL(page.url()).pathname}/purchases/${purchaseId}`;
  await page.goto(path);
  const books = await page.request.get(await hrefOf(page, say("receipt.pdf")));
  expect(await pdfText(await books.body())).not.toContain(grouped(digits));
  expect((await page.request.get(`${path}/receipt.json?copy=1`)).status()).toBe(404);

  await page.getByRole("button", { name: say("receipt.makeCopy") }).click();
  await expect(page.getByText(anySay("receipt.copyMade"))).toBeVisible();
  const copy = await page.request.get(`${path}/receipt.pdf?copy=1`);
  const text = await pdfText(await copy.body());
  expect(text).toContain(grouped(digits));
  expect(text).toContain("Copy 1");
});
