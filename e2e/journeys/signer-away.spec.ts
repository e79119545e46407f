import { expect, test } from "@playwright/test";
import { ONE_SALE, openMoneyMinor, purchasesOf } from "../fixtures/books";
import { askForPrice, decide, goToCheckout, readSlip } from "../fixtures/buying";
import { flatOf } from "../fixtures/flats";
import { killProcess, whileAway } from "../fixtures/processes";
import { anySay, say } from "../fixtures/words";

test.setTimeout(90_000);
const BY_ITSELF = { timeout: 40_000 };

test("while the signer is away the payment is safe, and the token then comes by itself", async ({
  page,
}) => {
  const since = new Date();
  const flat = await flatOf("A-201");
  await askForPrice(page, { meterNumber: flat.meterNumber, amount: "500" });
  await goToCheckout(page);
  await whileAway("signer", async () => {
    await decide(page, "approve");
    const safe = page.getByRole("heading", { level: 1, name: anySay("state.safeTitle") });
    await expect(safe).toBeVisible();
    await expect(page.getByText(say("state.leave"))).toBeVisible();
    // After a while it says that it takes longer, still on its own.
    await expect(page.getByText(say("state.safeText"))).toBeVisible(BY_ITSELF);
  });
  await expect(page.getByRole("article")).toBeVisible(BY_ITSELF);
  const slip = await readSlip(page);
  const booked = await purchasesOf(flat, since);
  expect(booked).toMatchObject([{ ...ONE_SALE, tokens: [slip.digits] }]);
  expect(await openMoneyMinor(booked[0]?.id ?? "")).toBe("0");
});

test("a signer that dies under a sale comes back, and the sale ends in one token", async ({
  page,
}) => {
  const since = new Date();
  const flat = await flatOf("A-202");
  await askForPrice(page, { meterNumber: flat.meterNumber, amount: "500" });
  await goToCheckout(page);
  killProcess("signer");
  await decide(page, "approve");
  await expect(page.getByRole("article")).toBeVisible(BY_ITSELF);
  await readSlip(page);
  expect(await purchasesOf(flat, since)).toMatchObject([ONE_SALE]);
});
