import { expect, test } from "@playwright/test";
import { buy } from "../fixtures/buying";
import { flatOf } from "../fixtures/flats";
import { expectAnswer, openMeter, pressToken, readCredit } from "../fixtures/typing";
import { say } from "../fixtures/words";

test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

test("a phone without script buys, reads its token and types it in, key by key", async ({
  page,
}) => {
  const flat = await flatOf("A-303");
  await openMeter(page, flat.meterNumber);
  const creditBefore = await readCredit(page);
  const slip = await buy(page, { meterNumber: flat.meterNumber, amount: "350" });
  // What needs script is not shown without it: a button that does nothing is a lie.
  await expect(page.getByRole("button", { name: say("slip.copy") })).toBeHidden();
  await page.getByRole("link", { name: say("slip.practiceMeter") }).click();
  await pressToken(page, slip.digits);
  await expectAnswer(page, "Accept");
  expect(await readCredit(page)).toBe(creditBefore + slip.energyWh);
});

test("without script the delete key takes back one digit, and the load is switched", async ({
  page,
}) => {
  const flat = await flatOf("A-304");
  await openMeter(page, flat.meterNumber);
  const field = page.getByLabel(say("meter.digits"));
  for (const digit of ["1", "2"]) {
    await page.getByRole("button", { name: say("meter.keyDigit", { digit }), exact: true }).click();
  }
  await expect(field).toHaveValue("12");
  await page.getByRole("button", { name: say("meter.keyDelete") }).click();
  await expect(field).toHaveValue("1");
  await page.getByRole("button", { name: say("meter.switchOn") }).click();
  await expect(page.getByText(say("meter.loadOn"), { exact: true })).toBeVisible();
  await page.getByRole("button", { name: say("meter.switchOff") }).click();
  await expect(page.getByText(say("meter.loadOff"), { exact: true })).toBeVisible();
});
