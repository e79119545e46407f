import { expect, test } from "@playwright/test";
import { flatOf } from "../fixtures/flats";
import { signIn } from "../fixtures/people";
import { buyByRequest } from "../fixtures/requests";
import { anySay, say } from "../fixtures/words";

test("the books balance, and a figure opens to the receipt it is made of", async ({
  page,
  request,
}) => {
  await buyByRequest(request, await flatOf("A-303"));
  await signIn(page, "landlord");
  await page.goto("/o/acacia/ledger");
  const sum = page.getByRole("row", { name: say("ledger.sumEven") });
  const [debit, credit] = await sum.getByRole("cell").allInnerTexts();
  expect(debit).toMatch(/\d/);
  expect(debit).toBe(credit);
  const account = { name: say("ledgerAccount.landlordPayable"), exact: true };
  const inShillings = page.locator('[href*="currency=KES"]');
  await page.getByRole("link", account).and(inShillings).click();
  await expect(page.getByText(say("ledger.openingAt"))).toBeVisible();
  const sold = page.getByRole("row", { name: say("ledgerReason.saleEnergy") });
  await sold.first().getByRole("link").first().click();
  await expect(page).toHaveURL(/\/purchases\//);
});

test("a lease is charged, and the charge stands in the books with its note", async ({ page }) => {
  const { unitId } = await flatOf("A-302");
  await signIn(page, "landlord");
  await page.goto(`/o/acacia/units/${unitId}`);
  const section = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: say("leaseAccount.title") }) });
  await section.getByText(say("leaseAccount.book"), { exact: true }).click();
  await section.getByLabel(say("sales.amount"), { exact: true }).fill("120");
  const note = `a lost key, ${Date.now()}`;
  await section.getByLabel(say("leaseAccount.note"), { exact: true }).fill(note);
  await section.getByRole("button", { name: say("leaseAccount.submit") }).click();
  await expect(section.getByText(anySay("leaseAccount.booked"))).toBeVisible();
  await page.goto("/o/acacia/ledger/arrears_receivable");
  await expect(page.getByText(note)).toBeVisible();
});
