import { expect, type Page, test } from "@playwright/test";
import { whileBlocked } from "../fixtures/flats";
import { makeLongNames } from "../fixtures/long-names";
import { signIn } from "../fixtures/people";
import { buyByRequest, decideCheckout, openPurchase, startPurchase } from "../fixtures/requests";
import { say } from "../fixtures/words";

// Names eighty characters long, without a blank to break at, and names from right to left: no page
// scrolls sideways for them, no letter is cut off, and no sentence around them is turned.

test.setTimeout(120_000);

let made: Awaited<ReturnType<typeof makeLongNames>>;

test.beforeAll(async () => {
  made = await makeLongNames();
});

const WIDTHS = [320, 390, 1440];

/** Looks at the page at each width: nothing reaches past the screen. */
async function expectToFit(page: Page): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const past = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const widest = [...document.querySelectorAll("main *, header *")].filter(
        (one) =>
          !one.closest(".overflow-x-auto") && one.getBoundingClientRect().right > clientWidth,
      );
      const named = widest.map((one) => `${one.tagName}: ${one.textContent.slice(0, 60)}`);
      return { byPixels: scrollWidth - clientWidth, named: scrollWidth > clientWidth ? named : [] };
    });
    expect(past, `${page.url()} at ${width} px`).toEqual({ byPixels: 0, named: [] });
  }
}

test("a resident's homes, slips and reading form fit, running and over", async ({ page }) => {
  const { resident, homes } = made;
  await signIn(page, resident);
  for (const { leaseId, purchaseId, label } of Object.values(homes)) {
    await page.goto(`/home?home=${leaseId}`);
    await expect(page.getByRole("heading", { level: 2 }).first()).toContainText(label);
    await expectToFit(page);
    await page.goto(`/home/purchases/${purchaseId}`);
    await expect(page.getByRole("article")).toContainText(label);
    await expectToFit(page);
  }
  await page.goto(`/home?home=${homes.long.leaseId}`);
  await page.getByText(say("homePage.reading")).click();
  await page.getByLabel(say("readingForm.value")).fill("9".repeat(14));
  await page.getByRole("button", { name: say("homePage.readingSubmit") }).click();
  await expect(page.getByText(say("readingForm.notANumber"))).toBeVisible();
  await expectToFit(page);
  await page.goto("/account");
  await expectToFit(page);
});

test("a stranger's price, slip and refund fit", async ({ page, request }) => {
  const { long, rightToLeft } = made.homes;
  for (const home of [long, rightToLeft]) {
    const quoted = await openPurchase(request, home, "50");
    const bought = await buyByRequest(request, home, "50");
    const paths = [`/buy?meter=${home.meterNumber}`, `/t/${quoted.secret}`, `/t/${bought.secret}`];
    for (const path of paths) {
      await page.goto(path);
      await expectToFit(page);
    }
  }
  const started = await startPurchase(request, long, "50");
  await whileBlocked({ ...long, organizationId: "" }, () =>
    decideCheckout(request, started, "approve"),
  );
  await page.goto(`/t/${started.secret}`);
  await expectToFit(page);
});

test("the console's pages fit", async ({ page }) => {
  const { slug, landlord, homes } = made;
  await signIn(page, landlord);
  const perHome = [homes.long, homes.rightToLeft].flatMap((home) => [
    `/buildings/${home.buildingId}`,
    `/units/${home.unitId}`,
    `/units/${home.unitId}/invitation`,
    `/meters/${home.meterId}`,
    `/purchases/${home.purchaseId}`,
  ]);
  for (const path of [
    "",
    "/people",
    "/meters",
    "/tariffs",
    "/audit",
    "/approvals",
    "/settings",
    ...perHome,
  ]) {
    await page.goto(`/o/${slug}${path}`);
    await expectToFit(page);
  }
});

test("a sheet of paper with an invitation, and the page it opens, fit", async ({ page }) => {
  const { slug, landlord, homes } = made;
  await signIn(page, landlord);
  for (const { unitId } of [homes.long, homes.rightToLeft]) {
    await page.goto(`/o/${slug}/units/${unitId}/invitation`);
    await page.getByRole("button", { name: say("printedInvitation.make") }).click();
    const code = page.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
    await expect(code).toBeVisible();
    await expectToFit(page);
    await page.goto(`/join/${await code.textContent()}`);
    await expectToFit(page);
  }
});

test("a name from right to left leaves the sentence around it as it was", async ({ page }) => {
  const { resident } = made;
  await signIn(page, resident);
  await page.goto("/home");
  const hello = page.getByText(say("homePage.hello", { name: `\u2068${resident.name}\u2069` }));
  await expect(hello).toBeVisible();
  for (const heading of await page
    .getByRole("heading", { level: 2 })
    .first()
    .locator("bdi")
    .all()) {
    expect(await heading.evaluate((one) => getComputedStyle(one).unicodeBidi)).toBe("isolate");
  }
});
