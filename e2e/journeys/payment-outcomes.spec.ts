import { expect, type Page, test } from "@playwright/test";
import {
  bringLateMoney,
  expireQuote,
  ONE_SALE,
  openMoneyMinor,
  pollNow,
  purchasesOf,
} from "../fixtures/books";
import { askForPrice, decide, goToCheckout, payButton, readSlip } from "../fixtures/buying";
import { type Flat, flatOf, whileBlocked } from "../fixtures/flats";
import { whileAway } from "../fixtures/processes";
import { anySay, say, type WordKey } from "../fixtures/words";

// A page that waits for us loads itself again every three seconds; nobody presses anything here.
const BY_ITSELF = { timeout: 20_000 };

/** Asks for a price and gives the purchase's id. */
async function askedFor(page: Page, flat: Flat): Promise<string> {
  const since = new Date();
  await askForPrice(page, { meterNumber: flat.meterNumber, amount: "500" });
  const [purchase] = await purchasesOf(flat, since);
  return purchase?.id ?? "";
}

const title = (page: Page, key: WordKey) =>
  page.getByRole("heading", { level: 1, name: anySay(key) });

test("a declined payment says that nothing was charged, and the next try buys", async ({
  page,
}) => {
  const since = new Date();
  const flat = await flatOf("A-601");
  await askedFor(page, flat);
  await goToCheckout(page);
  await decide(page, "decline");
  await expect(title(page, "state.declinedTitle")).toBeVisible();
  await expect(page.getByText(say("state.declinedText"))).toBeVisible();
  await page.getByRole("link", { name: say("state.declinedAction") }).click();
  await expect(page.getByLabel(say("buy.meterNumber"))).toHaveValue(flat.meterNumber);
  await page.getByRole("button", { name: say("buy.continue") }).click();
  await goToCheckout(page);
  await decide(page, "approve");
  await readSlip(page);
  expect(await purchasesOf(flat, since)).toMatchObject([
    { status: "declined", payments: 0, tokenSets: 0 },
    { ...ONE_SALE, amountMinor: "50000" },
  ]);
});

test("an abandoned payment waits, and is taken up again at the same checkout", async ({ page }) => {
  const since = new Date();
  const flat = await flatOf("A-602");
  await askedFor(page, flat);
  await goToCheckout(page);
  const checkout = page.url();
  await decide(page, "abandon");
  await expect(title(page, "state.awaitingTitle")).toBeVisible();
  await expect(page.getByText(anySay("state.awaitingText"))).toBeVisible();
  await page.getByRole("link", { name: say("state.awaitingAction") }).click();
  await expect(page).toHaveURL(checkout);
  await decide(page, "approve");
  await readSlip(page);
  expect(await purchasesOf(flat, since)).toMatchObject([ONE_SALE]);
});

test("an abandoned payment whose price runs out ends by itself: nothing was charged", async ({
  page,
}) => {
  const since = new Date();
  const flat = await flatOf("A-603");
  const purchaseId = await askedFor(page, flat);
  await goToCheckout(page);
  await decide(page, "abandon");
  await expect(title(page, "state.awaitingTitle")).toBeVisible();
  await expireQuote(purchaseId);
  await pollNow(purchaseId);
  await expect(title(page, "state.expiredTitle")).toBeVisible(BY_ITSELF);
  expect(await purchasesOf(flat, since)).toMatchObject([{ status: "expired", payments: 0 }]);
});

test("money that comes after the price ran out buys at the price of that hour", async ({
  page,
}) => {
  const since = new Date();
  const flat = await flatOf("A-604");
  const purchaseId = await askedFor(page, flat);
  await goToCheckout(page);
  await decide(page, "late");
  await expect(title(page, "state.awaitingTitle")).toBeVisible();
  await expireQuote(purchaseId);
  await bringLateMoney(purchaseId);
  await expect(page.getByRole("article")).toBeVisible(BY_ITSELF);
  await expect(page.getByText(say("lines.repriced"))).toBeVisible();
  const slip = await readSlip(page);
  expect(await purchasesOf(flat, since)).toMatchObject([
    { ...ONE_SALE, quotes: 2, tokens: [slip.digits] },
  ]);
  expect(await openMoneyMinor(purchaseId)).toBe("0");
});

test("money that comes after the purchase was closed still buys its token", async ({ page }) => {
  const flat = await flatOf("A-101");
  const purchaseId = await askedFor(page, flat);
  await goToCheckout(page);
  await decide(page, "late");
  await expireQuote(purchaseId);
  await pollNow(purchaseId);
  await expect(title(page, "state.expiredTitle")).toBeVisible(BY_ITSELF);
  await bringLateMoney(purchaseId);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("article")).toBeVisible({ timeout: 1_000 });
  }).toPass(BY_ITSELF);
  expect(await openMoneyMinor(purchaseId)).toBe("0");
});

test("money for a meter that was blocked meanwhile goes back, and the page says when", async ({
  page,
}) => {
  const since = new Date();
  const flat = await flatOf("A-103");
  const purchaseId = await askedFor(page, flat);
  await goToCheckout(page);
  await whileBlocked(flat, () =>
    whileAway("worker", async () => {
      await decide(page, "approve");
      await expect(title(page, "state.safeTitle")).toBeVisible();
      await expect(page.getByText(say("state.refundDueText"))).toBeVisible();
    }),
  );
  await expect(title(page, "state.refundedTitle")).toBeVisible(BY_ITSELF);
  await expect(page.getByText(say("state.refundedText"))).toBeVisible();
  expect(await purchasesOf(flat, since)).toMatchObject([
    { status: "refunded", payments: 1, tokenSets: 0, tokens: [] },
  ]);
  expect(await openMoneyMinor(purchaseId)).toBe("0");
});

test("a price that ran out says so, charges nothing and leads to a new one", async ({ page }) => {
  const since = new Date();
  const flat = await flatOf("A-104");
  const purchaseId = await askedFor(page, flat);
  await expireQuote(purchaseId);
  // The page that still stands there is pressed, then the address is opened anew.
  await payButton(page).click();
  await expect(title(page, "state.expiredTitle")).toBeVisible();
  await page.reload();
  await expect(page.getByText(say("state.expiredText"))).toBeVisible();
  await expect(payButton(page)).toBeHidden();
  expect(await purchasesOf(flat, since)).toMatchObject([
    { status: "expired", attempts: 0, payments: 0 },
  ]);
  await page.getByRole("link", { name: say("state.expiredAction") }).click();
  await page.getByRole("button", { name: say("buy.continue") }).click();
  await goToCheckout(page);
  await decide(page, "approve");
  await readSlip(page);
});
