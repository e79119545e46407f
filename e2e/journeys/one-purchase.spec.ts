import { expect, test } from "@playwright/test";
import { ONE_SALE, openMoneyMinor, purchasesOf } from "../fixtures/books";
import {
  askForPrice,
  chooseAmount,
  decide,
  goToCheckout,
  outcomeButton,
  payButton,
  readSlip,
} from "../fixtures/buying";
import { flatOf } from "../fixtures/flats";
import { startPurchase } from "../fixtures/requests";
import { say } from "../fixtures/words";

const CLICKS = 12;

test("double clicks on every button make one purchase, one payment, one token", async ({
  page,
}) => {
  const since = new Date();
  const flat = await flatOf("A-402");
  await page.goto(`/buy?meter=${flat.meterNumber}`);
  await chooseAmount(page, "500");
  await page.getByRole("button", { name: say("buy.continue") }).dblclick();
  await payButton(page).dblclick();
  await outcomeButton(page, "approve").dblclick();
  const slip = await readSlip(page);
  await expect
    .poll(() => purchasesOf(flat, since))
    .toMatchObject([{ ...ONE_SALE, tokens: [slip.digits], quotes: 1 }]);
});

test("a reload of every page on the way changes nothing", async ({ page }) => {
  const since = new Date();
  const flat = await flatOf("A-403");
  await askForPrice(page, { meterNumber: flat.meterNumber, amount: "500" });
  await page.reload();
  await goToCheckout(page);
  await page.reload();
  await decide(page, "approve");
  const first = await readSlip(page);
  await page.reload();
  expect(await readSlip(page)).toEqual(first);
  expect(await purchasesOf(flat, since)).toMatchObject([ONE_SALE]);
});

test("two tabs on the same price pay once and show the same token", async ({ page, context }) => {
  const since = new Date();
  const flat = await flatOf("A-404");
  await askForPrice(page, { meterNumber: flat.meterNumber, amount: "500" });
  const other = await context.newPage();
  await other.goto(page.url());
  await goToCheckout(page);
  await goToCheckout(other);
  expect(other.url()).toBe(page.url());
  await decide(page, "approve");
  await decide(other, "decline");
  expect(await readSlip(other)).toEqual(await readSlip(page));
  expect(await purchasesOf(flat, since)).toMatchObject([ONE_SALE]);
});

test("back to the checkout and the price, and forward again, pays nothing twice", async ({
  page,
}) => {
  const since = new Date();
  const flat = await flatOf("A-502");
  await askForPrice(page, { meterNumber: flat.meterNumber, amount: "500" });
  const price = page.url();
  await goToCheckout(page);
  await decide(page, "approve");
  const slip = await readSlip(page);
  await page.goBack();
  await expect(page.getByText(say("checkout.done"))).toBeVisible();
  await page.getByRole("link", { name: say("checkout.back") }).click();
  await expect(page).toHaveURL(price);
  expect(await readSlip(page)).toEqual(slip);
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(price);
  expect(await readSlip(page)).toEqual(slip);
  await page.goForward();
  await expect(page.getByText(say("checkout.done"))).toBeVisible();
  expect(await purchasesOf(flat, since)).toMatchObject([ONE_SALE]);
});

test("one form sent twelve times at once is one purchase with one address", async ({
  page,
  request,
}) => {
  const since = new Date();
  const flat = await flatOf("A-503");
  await page.goto(`/buy?meter=${flat.meterNumber}`);
  const key = await page.locator("input[name=key]").inputValue();
  const form = { key, meter: flat.meterNumber, choice: "500", amount: "" };
  const answers = await Promise.all(
    Array.from({ length: CLICKS }, () => request.post("/buy", { form, maxRedirects: 0 })),
  );
  const addresses = new Set(answers.map((answer) => answer.headers().location));
  expect(addresses.size).toBe(1);
  expect([...addresses][0]).toMatch(/^\/t\/[\w-]{22}$/);
  expect(await purchasesOf(flat, since)).toMatchObject([{ status: "quoted", quotes: 1 }]);
});

test("twelve payments and twelve approvals at once are one payment and one token", async ({
  page,
  request,
}) => {
  const since = new Date();
  const flat = await flatOf("A-504");
  const { secret, purchaseId, checkoutPath } = await startPurchase(request, flat);
  const post = (path: string, form: Record<string, string>) =>
    Array.from({ length: CLICKS }, () => request.post(path, { form, maxRedirects: 0 }));
  const paid = await Promise.all(post(`/t/${secret}/pay`, {}));
  expect(new Set(paid.map((answer) => answer.headers().location))).toEqual(new Set([checkoutPath]));
  await Promise.all(post(checkoutPath, { outcome: "approve" }));
  await page.goto(`/t/${secret}`);
  const slip = await readSlip(page);
  expect(await purchasesOf(flat, since)).toMatchObject([{ ...ONE_SALE, tokens: [slip.digits] }]);
  expect(await openMoneyMinor(purchaseId)).toBe("0");
});
