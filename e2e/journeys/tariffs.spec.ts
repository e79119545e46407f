import { expect, test } from "@playwright/test";
import { colleagues } from "../fixtures/colleagues";
import { signIn } from "../fixtures/people";
import { say } from "../fixtures/words";

const colleagueOf = (who: string) => {
  const found = colleagues().find((colleague) => colleague.who === who);
  if (!found) throw new Error(`there is no ${who}`);
  return found;
};
const editor = (name: "price" | "reason" | "save" | "addStep" | "tryAmount" | "upTo") =>
  say(`tariffEditor.${name}`, { currency: "KES" });

test("a price is tried, waits above the published one, and is approved", async ({
  page,
  browser,
}) => {
  await signIn(page, colleagueOf("manager"));
  await page.goto("/o/acacia/tariffs/new");
  const name = `Stalls ${Date.now()}`;
  await page.getByLabel(say("newTariff.name")).fill(name);
  await page.getByLabel(say("newTariff.currency")).selectOption("KES");
  await page.getByRole("button", { name: say("newTariff.submit") }).click();

  await page.getByLabel(editor("price")).fill("40");
  await expect(page.getByText("KSh 200.00 buys 5.000 kWh")).toBeVisible();
  await page.getByRole("button", { name: editor("addStep") }).click();
  await expect(page.getByLabel(editor("price"))).toHaveCount(2);
  await page.getByLabel(editor("upTo")).first().fill("2");
  await page.getByLabel(editor("price")).last().fill("60");
  await expect(page.getByText("KSh 200.00 buys 4.000 kWh")).toBeVisible();
  await page.getByRole("button", { name: editor("save") }).click();
  await expect(page.getByText(say("tariffs.reason-missing"))).toBeVisible();
  await page.getByLabel(editor("reason"), { exact: true }).fill(`the generator of ${name}`);
  await page.getByRole("button", { name: editor("save") }).click();
  await expect(page.getByText(say("tariffs.done-waiting"))).toBeVisible();
  await expect(page.getByText(say("tariffs.noPriceText"))).toBeVisible();

  const second = await (await browser.newContext()).newPage();
  await signIn(second, colleagueOf("accountant"));
  await second.goto("/o/acacia/approvals");
  const asked = second.getByRole("listitem").filter({ hasText: `the generator of ${name}` });
  await asked.getByRole("button", { name: say("approvals.approve") }).click();
  await expect(second.getByText(say("approvals.doneApproved"))).toBeVisible();
  await page.reload();
  await expect(page.getByText(say("tariffs.state-inForce"), { exact: true }).last()).toBeVisible();
});
