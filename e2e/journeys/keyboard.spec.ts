import { expect, type Locator, type Page, test } from "@playwright/test";
import { otherAmount, outcomeButton, payButton, readSlip } from "../fixtures/buying";
import { flatOf } from "../fixtures/flats";
import { expectAnswer } from "../fixtures/typing";
import { say } from "../fixtures/words";

const MOST_STEPS = 30;

/** Walks with the Tab key until the place has the focus. */
async function tabTo(page: Page, place: Locator): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await page.keyboard.press("Tab");
    if (await place.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`the Tab key does not reach ${place}`);
}

test("the keyboard alone reaches the token and types it in", async ({ page }) => {
  const flat = await flatOf("A-401");
  await page.goto("/");
  await tabTo(page, page.getByLabel(say("buy.meterNumber")));
  await page.keyboard.type(flat.meterNumber);
  await page.keyboard.press("Enter");

  // The amounts are one stop; arrows choose among them, the last one opens the field.
  await tabTo(page, page.getByRole("radio", { checked: true }));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: say("buy.other") })).toBeChecked();
  await tabTo(page, otherAmount(page));
  await page.keyboard.type("250");
  await page.keyboard.press("Enter");

  await tabTo(page, payButton(page));
  await page.keyboard.press("Enter");
  await tabTo(page, outcomeButton(page, "approve"));
  await page.keyboard.press("Enter");
  const { digits } = await readSlip(page);

  await tabTo(page, page.getByRole("link", { name: say("slip.practiceMeter") }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByLabel(say("meter.digits")));
  await page.keyboard.type(digits);
  await page.keyboard.press("Enter");
  await expectAnswer(page, "Accept");
});
