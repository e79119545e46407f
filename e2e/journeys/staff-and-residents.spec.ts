import { type Browser, expect, type Page, test } from "@playwright/test";
import { formatMeterNumber, parseMeterNumber } from "@/lib/sts/shared";
import { rowOf } from "../fixtures/database";
import { flatOf } from "../fixtures/flats";
import { signIn, signInOf } from "../fixtures/people";
import { buyByRequest } from "../fixtures/requests";
import { textOf } from "../fixtures/text-of";
import { anySay, say } from "../fixtures/words";

const MOST_SHOWN = 20;
const MONEY = /KSh|Ksh|KES/;

async function purchasesUnderLeaseOf(label: string): Promise<number> {
  const { count } = await rowOf<{ count: number }>(
    `SELECT count(*)::int AS count FROM purchase p JOIN unit u ON u.id = p.unit_id
      JOIN organization o ON o.organization_id = p.organization_id AND o.name = 'Acacia Homes'
      WHERE u.label = $1 AND p.paid_at IS NOT NULL`,
    [label],
  );
  return count;
}

test("the landlord goes from the buildings to a flat's receipt and back", async ({ page }) => {
  await signIn(page, "landlord");
  await expect(page.getByRole("heading", { name: say("buildings.title") })).toBeVisible();
  await page.getByRole("link", { name: "Acacia Court" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Acacia Court" })).toBeVisible();
  const units = page.getByRole("table", { name: say("building.list") });
  await expect(units.getByRole("row")).toHaveCount(49);
  await units.getByRole("link", { name: "A-204" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "A-204" })).toBeVisible();
  const meter = parseMeterNumber((await flatOf("A-204")).meterNumber);
  const name = meter.ok ? formatMeterNumber(meter.value) : "";
  await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
  const history = page.getByRole("table", { name: say("unit.historyOf", { unit: "A-204" }) });
  const newest = history.getByRole("row").nth(1);
  const receipt = await textOf(newest.getByText(/^W[0-9A-F]-\d{6}$/));
  await newest.getByRole("link").click();
  await expect(page.getByRole("article")).toContainText(receipt);
  await page.getByRole("link", { name: say("purchase.back", { unit: "A-204" }) }).click();
  await expect(page.getByRole("heading", { level: 1, name: "A-204" })).toBeVisible();
});

test("a caretaker sees who is dark and never an amount", async ({ page, request }) => {
  const flat = await flatOf("A-103");
  const { purchaseId } = await buyByRequest(request, flat);
  await signIn(page, "caretaker");
  const main = page.getByRole("main");
  await expect(main).toContainText("Acacia Court");
  await expect(main).not.toContainText(MONEY);
  await page.getByRole("link", { name: "Acacia Court" }).click();
  await expect(page.getByRole("table", { name: say("building.list") })).toBeVisible();
  expect(await page.content()).not.toMatch(MONEY);
  await page.goto(`/o/acacia/units/${flat.unitId}`);
  await expect(page.getByRole("heading", { level: 1, name: "A-103" })).toBeVisible();
  expect(await page.content()).not.toMatch(MONEY);
  const answer = await page.goto(`/o/acacia/purchases/${purchaseId}`);
  expect(answer?.status()).toBe(404);
});

test("a resident sees the own home, all its slips and nobody else's", async ({ page, request }) => {
  const own = await buyByRequest(request, await flatOf("A-204"));
  const other = await buyByRequest(request, await flatOf("A-104"));
  await signIn(page, "resident");
  await expect(page.getByRole("heading", { level: 1, name: say("homePage.title") })).toBeVisible();
  const homes = page.getByRole("heading", { level: 2 }).first();
  await expect(homes).toHaveText(/^A-204/);
  const rows = page.getByRole("table").getByRole("row");
  const shown = Math.min(await purchasesUnderLeaseOf("A-204"), MOST_SHOWN);
  await expect(rows).toHaveCount(shown + 1);
  await rows.nth(1).getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/home/purchases/${own.purchaseId}$`));
  await expect(page.getByRole("article").getByText(anySay("slip.token"))).toBeVisible();
  expect((await page.goto(`/home/purchases/${other.purchaseId}`))?.status()).toBe(404);
});

async function refusedSignIn(page: Page, email: string): Promise<string> {
  await page.goto("/sign-in");
  await page.getByLabel(say("signIn.email")).fill(email);
  await page.getByLabel(say("signIn.password")).fill("not the password");
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: say("signIn.submit") }).click();
  expect((await answered).status()).toBe(401);
  await expect(page.getByRole("alert")).toContainText(say("errors.wrong-sign-in"));
  await expect(page.getByLabel(say("signIn.email"))).toHaveValue(email);
  await expect(page.getByLabel(say("signIn.password"))).toHaveValue("");
  return textOf(page.getByRole("main"));
}

test("a wrong password keeps the e-mail and says the same as for an unknown person", async ({
  page,
}) => {
  const known = await refusedSignIn(page, signInOf("landlord").email);
  const unknown = await refusedSignIn(page, "nobody@acacia.example");
  expect(unknown).toBe(known);
});

async function reaches(browser: Browser, cookies: Awaited<ReturnType<typeof cookiesOf>>) {
  const context = await browser.newContext();
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto("/o/acacia");
  const place = new URL(page.url()).pathname;
  await context.close();
  return place;
}

const cookiesOf = (page: Page) => page.context().cookies();

test("signing out ends the session: a copy of its cookie opens nothing any more", async ({
  page,
  browser,
}) => {
  await signIn(page, "landlord");
  const cookies = await cookiesOf(page);
  expect(cookies.every((cookie) => cookie.httpOnly && cookie.sameSite === "Lax")).toBe(true);
  expect(await reaches(browser, cookies)).toBe("/o/acacia");
  await page.getByRole("button", { name: say("console.signOut") }).click();
  await expect(page.getByRole("heading", { level: 1, name: say("home.title") })).toBeVisible();
  expect(await reaches(browser, cookies)).toBe("/sign-in");
  await page.goBack();
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fo%2Facacia$/);
});
