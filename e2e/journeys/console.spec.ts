import { expect, test } from "@playwright/test";
import { flatOf } from "../fixtures/flats";
import { signIn } from "../fixtures/people";
import { buyByRequest } from "../fixtures/requests";
import { say } from "../fixtures/words";

test("the façade is walked by keyboard, and tells of each window", async ({ page }) => {
  const { buildingId } = await flatOf("A-301");
  await signIn(page, "landlord");
  await page.goto(`/o/acacia/buildings/${buildingId}`);
  const facade = page.getByRole("region", {
    name: say("building.facade", { building: "Acacia Court" }),
  });
  const first = facade.getByRole("link").first();
  await first.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("PageDown");
  const here = facade.locator("a:focus");
  await expect(here).toHaveAttribute("aria-label", /^[AB]-10/);
  await page.keyboard.press("PageUp");
  await expect(here).not.toHaveAttribute("aria-label", /^[AB]-10/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /^[AB]-/ })).toBeVisible();
});

test("the search opens by key, is walked by arrows and gives the focus back", async ({ page }) => {
  await signIn(page, "landlord");
  const button = page.getByRole("link", { name: say("console.find") });
  await button.focus();
  const dialog = page.getByRole("dialog", { name: say("console.find") });
  // The page stands before its script listens: a key that comes too early is pressed again.
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(dialog).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
  await page.keyboard.press("/");
  await page.keyboard.type("a20");
  const options = dialog.getByRole("option");
  await expect(options.first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "A-202" })).toBeVisible();
});

test("what the search finds stands on a page too, for who has no script", async ({ page }) => {
  const { meterNumber } = await flatOf("A-302");
  await signIn(page, "landlord");
  await page.goto(`/o/acacia/search?q=${meterNumber.slice(-7)}`);
  const meters = page.getByRole("region", { name: say("search.meter") });
  await meters.getByRole("link").first().click();
  await expect(page.getByRole("main")).toContainText(meterNumber.slice(-3));
});

test("a sale is found in the list of sales by its unit, and stands in the CSV", async ({
  page,
  request,
}) => {
  const flat = await flatOf("A-304");
  await buyByRequest(request, flat);
  await signIn(page, "landlord");
  await page.getByRole("link", { name: say("console.sales"), exact: true }).click();
  await page.getByLabel(say("sales.unit"), { exact: true }).fill("A-304");
  await page.getByRole("button", { name: say("sales.show"), exact: true }).click();
  await expect(page).toHaveURL(/unit=A-304/);
  const rows = page.getByRole("table", { name: say("sales.title") }).getByRole("row");
  await expect(rows.nth(1)).toContainText("A-304");
  const link = page.getByRole("link", { name: say("sales.csv") });
  const csv = await page.request.get((await link.getAttribute("href")) ?? "");
  const lines = (await csv.text()).trim().split("\r\n");
  expect(lines).toHaveLength(await rows.count());
  expect(lines.slice(1).every((line) => line.includes("A-304"))).toBe(true);
});

test("a window lights up while it is looked at, and is told of", async ({ page, request }) => {
  const flat = await flatOf("A-303");
  await signIn(page, "landlord");
  const asked = page.waitForResponse((response) => response.url().endsWith("/lights"));
  await page.goto(`/o/acacia/buildings/${flat.buildingId}`);
  await asked;
  await buyByRequest(request, flat);
  const told = page.getByRole("status").filter({ hasText: /A-303/ });
  await expect(told).toBeVisible({ timeout: 30_000 });
});

test("the list of units shows what is chosen, and the address bar keeps it", async ({ page }) => {
  const { buildingId } = await flatOf("A-301");
  await signIn(page, "landlord");
  await page.goto(`/o/acacia/buildings/${buildingId}?q=A-30`);
  const units = page.getByRole("table", { name: say("building.list") });
  const shown = await units.getByRole("row").count();
  expect(shown).toBeGreaterThan(1);
  expect(shown).toBeLessThan(10);
  await page.reload();
  await expect(page.getByLabel(say("building.filterSearch"))).toHaveValue("A-30");
});
