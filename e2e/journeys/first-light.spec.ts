import { expect, test } from "@playwright/test";
import { buy } from "../fixtures/buying";
import { flatOf } from "../fixtures/flats";
import { signIn } from "../fixtures/people";
import { expectAnswer, openMeter, pressToken, readCredit, typeToken } from "../fixtures/typing";
import { say } from "../fixtures/words";

const SIZES = [
  { label: "A-301", width: 390, height: 844, enter: pressToken, how: "key by key" },
  { label: "A-302", width: 1440, height: 900, enter: typeToken, how: "in the field" },
];

for (const { label, width, height, enter, how } of SIZES) {
  test(`a meter number becomes light at ${width} px, typed ${how}; the landlord sees it`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    const flat = await flatOf(label);
    await openMeter(page, flat.meterNumber);
    const creditBefore = await readCredit(page);

    const slip = await buy(page, { meterNumber: flat.meterNumber, amount: "500" });
    expect(slip.receipt).toMatch(/^W[0-9A-F]-\d{6}$/);
    await page.getByRole("link", { name: say("slip.practiceMeter") }).click();
    await enter(page, slip.digits);
    await expectAnswer(page, "Accept");
    expect(await readCredit(page)).toBe(creditBefore + slip.energyWh);

    await signIn(page, "landlord");
    await page.getByRole("link", { name: "Acacia Court" }).click();
    const sale = page.getByRole("link").filter({ hasText: label }).filter({ hasText: "kWh" });
    await expect(sale.first()).toContainText("500");
    await page.getByRole("link", { name: new RegExp(`^${label}: `) }).click();
    await expect(page.getByRole("heading", { level: 1, name: label })).toBeVisible();
    // On a phone the history has no column for receipts; the newest row leads to it on both.
    await page.getByRole("table").getByRole("link").first().click();
    await expect(page.getByRole("article")).toContainText(slip.receipt);
  });
}
