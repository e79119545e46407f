import { expect, test } from "@playwright/test";
import { colleagues } from "../fixtures/colleagues";
import { flatOf } from "../fixtures/flats";
import { signIn } from "../fixtures/people";
import { makeWaitingPayment } from "../fixtures/waiting-payment";
import { say } from "../fixtures/words";

// Money that fits no purchase is given to a household by a person; an account with a provider is
// typed in once, is never shown again and waits for somebody else.

const colleagueOf = (role: string) => {
  const found = colleagues().find(({ who }) => who === role);
  if (!found) throw new Error(`there is no ${role}`);
  return found;
};

test("an accountant gives money that fits nothing to a household", async ({ page }) => {
  const { organizationId, meterNumber } = await flatOf("B-203");
  const { reference } = await makeWaitingPayment(organizationId);
  await signIn(page, colleagueOf("accountant"));
  await page.goto("/o/acacia/payments");
  const waiting = page.getByRole("listitem").filter({ hasText: reference });
  const give = waiting.getByRole("button", { name: say("payments.giveNow") });
  await waiting.getByText(say("payments.give"), { exact: true }).click();
  // The other way to decide, folded, asks for a meter as well.
  const meter = waiting.getByRole("textbox", { name: say("payments.meterNumber") });
  await meter.fill("01000000017");
  await give.click();
  await expect(waiting.getByText(say("payments.meter-not-found"))).toBeVisible();
  await meter.fill(meterNumber);
  await give.click();
  await expect(waiting).toBeHidden();
  await page.goto(`/o/acacia/payments?state=on_account&reference=${reference}`);
  const row = page.getByRole("row").filter({ hasText: reference });
  await expect(row).toContainText(say("paymentState.on_account"));
});

test("an account is sealed, waits for somebody else and can be switched off", async ({ page }) => {
  const secret = "sk_test_neverShownAgain";
  await signIn(page, colleagueOf("administrator"));
  await page.goto("/o/acacia/settings/payments");
  await page.getByText(say("provider.paystack"), { exact: true }).first().click();
  const form = page.locator("form#add-account-paystack");
  await form.getByLabel(say("paymentAccounts.label")).fill("Journey account");
  await form.getByLabel(say("paymentAccounts.receiptEmail")).fill("books@example.org");
  await form.getByLabel(say("paymentAccounts.secretKey")).fill("hello");
  await form.getByRole("button").click();
  await expect(form.getByText(say("paymentAccounts.fieldInvalid"))).toBeVisible();
  await form.getByLabel(say("paymentAccounts.secretKey")).fill(secret);
  await form.getByRole("button").click();
  const account = page.getByRole("listitem").filter({ hasText: "Journey account" });
  await expect(account).toContainText(say("paymentAccounts.state-waiting"));
  await page.reload();
  await expect(account).toContainText(secret.slice(-4));
  expect(await page.content()).not.toContain(secret);
  await account.getByText(say("paymentAccounts.switchOff"), { exact: true }).click();
  await account.getByRole("button", { name: say("paymentAccounts.switchOffNow") }).click();
  await expect(account).toContainText(say("paymentAccounts.state-off"));
});
