import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { expireQuote } from "../fixtures/books";
import { type Flat, flatOf, whileBlocked } from "../fixtures/flats";
import { signIn } from "../fixtures/people";
import { whileAway } from "../fixtures/processes";
import {
  buyByRequest,
  decideCheckout,
  digitsOf,
  openPurchase,
  startPurchase,
} from "../fixtures/requests";
import { expectAnswer, openMeter, typeToken } from "../fixtures/typing";
import { say } from "../fixtures/words";

test.setTimeout(120_000);

const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];
const SCHEMES = ["light", "dark"] as const;

/** What can differ between light and dark; the rest is looked at once. */
const OF_COLOUR = ["color-contrast", "link-in-text-block"];

/** Looks at the page that stands there, in light and dark, on a phone and on a desk. */
async function expectAccessible(page: Page): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const axe = new AxeBuilder({ page });
      if (colorScheme === "dark") axe.withRules(OF_COLOUR);
      const { violations } = await axe.analyze();
      const found = violations.map(({ id, help, nodes }) => ({
        id,
        help,
        at: nodes.map((node) => node.html.slice(0, 160)),
      }));
      expect(found, `${page.url()} at ${size.width} px, ${colorScheme}`).toEqual([]);
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${page.url()} scrolls sideways at ${size.width} px`).toBe(0);
  }
}

/** A page that reloads itself is held still: axe looks at one document. */
async function openStill(page: Page, path: string): Promise<void> {
  await page.route(`**${path}`, async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    await route.fulfill({ response, body: html.replace(/<meta http-equiv="refresh"[^>]*>/, "") });
  });
  await page.goto(path);
}

test("the first page, sign-in and an address that opens nothing are accessible", async ({
  page,
}) => {
  for (const path of ["/", "/sign-in", "/nothing-here", "/t/nothing-here"]) {
    await page.goto(path);
    await expectAccessible(page);
  }
});

test("a refused sign-in is accessible", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel(say("signIn.email")).fill("nobody@acacia.example");
  await page.getByLabel(say("signIn.password")).fill("wrong");
  await page.getByRole("button", { name: say("signIn.submit") }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expectAccessible(page);
});

test("the buy form is accessible, empty, filled in and refused", async ({ page }) => {
  const { meterNumber } = await flatOf("A-303");
  for (const query of ["", `?meter=${meterNumber}`, "?meter=1", `?meter=${meterNumber}&amount=7`]) {
    await page.goto(`/buy${query}`);
    await expectAccessible(page);
  }
  await page.goto(`/buy?meter=${meterNumber}&amount=0`);
  await page.getByRole("button", { name: say("buy.continue") }).click();
  await expect(page.getByText(say("errors.not-positive"))).toBeVisible();
  await expectAccessible(page);
});

test("price, checkout and slip are accessible", async ({ page, request }) => {
  const flat = await flatOf("A-303");
  const started = await startPurchase(request, flat);
  const { secret } = await openPurchase(request, flat);
  await page.goto(`/t/${secret}`);
  await expectAccessible(page);
  await page.goto(started.checkoutPath);
  await expectAccessible(page);
  await decideCheckout(request, started, "approve");
  await page.goto(started.checkoutPath);
  await expectAccessible(page);
  await page.goto(`/t/${started.secret}`);
  await expect(page.getByRole("article")).toBeVisible();
  await expectAccessible(page);
});

type Reach = (request: APIRequestContext, flat: Flat) => Promise<string>;

const STATES: readonly (readonly [string, Reach])[] = [
  [
    "expired",
    async (request, flat) => {
      const { secret, purchaseId } = await openPurchase(request, flat);
      await expireQuote(purchaseId);
      return secret;
    },
  ],
  ["awaiting payment", async (request, flat) => (await startPurchase(request, flat)).secret],
  [
    "declined",
    async (request, flat) => {
      const started = await startPurchase(request, flat);
      await decideCheckout(request, started, "decline");
      return started.secret;
    },
  ],
];

for (const [name, reach] of STATES) {
  test(`a purchase that is ${name} is accessible`, async ({ page, request }) => {
    const secret = await reach(request, await flatOf("A-303"));
    await openStill(page, `/t/${secret}`);
    await expectAccessible(page);
  });
}

test("a purchase whose token is on its way is accessible", async ({ page, request }) => {
  const started = await startPurchase(request, await flatOf("A-303"));
  await whileAway("signer", async () => {
    await decideCheckout(request, started, "approve");
    await openStill(page, `/t/${started.secret}`);
    await expect(page.getByText(say("state.leave"))).toBeVisible();
  });
  await expectAccessible(page);
});

test("a purchase whose money goes back is accessible, before and after", async ({
  page,
  request,
}) => {
  const flat = await flatOf("A-303");
  const started = await startPurchase(request, flat);
  await whileBlocked(flat, () =>
    whileAway("worker", async () => {
      await decideCheckout(request, started, "approve");
      await openStill(page, `/t/${started.secret}`);
      await expect(page.getByText(say("state.refundDueText"))).toBeVisible();
    }),
  );
  await expectAccessible(page);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(say("state.refundedText"))).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expectAccessible(page);
});

test("the practice meter is accessible, accepting and refusing", async ({ page, request }) => {
  const flat = await flatOf("A-303");
  const digits = await digitsOf(await buyByRequest(request, flat));
  await openMeter(page, flat.meterNumber);
  await expectAccessible(page);
  await typeToken(page, digits);
  await expectAnswer(page, "Accept");
  await expectAccessible(page);
  await typeToken(page, digits);
  await expectAnswer(page, "UsedError");
  await expectAccessible(page);
});

test("the console is accessible for the landlord", async ({ page, request }) => {
  const flat = await flatOf("A-303");
  const { purchaseId } = await buyByRequest(request, flat);
  await signIn(page, "landlord");
  const places = [
    "",
    `/buildings/${flat.buildingId}`,
    `/units/${flat.unitId}`,
    `/units/${(await flatOf("A-203")).unitId}`,
    `/purchases/${purchaseId}`,
    "/people",
    "/people/roles",
    "/people/leave",
    "/settings",
    "/units/nothing-here",
  ];
  for (const place of places) {
    await page.goto(`/o/acacia${place}`);
    await expectAccessible(page);
  }
});

test("the building is accessible for the caretaker", async ({ page }) => {
  const { buildingId } = await flatOf("A-303");
  await signIn(page, "caretaker");
  await page.goto(`/o/acacia/buildings/${buildingId}`);
  await expectAccessible(page);
});

test("a resident's home and slip are accessible", async ({ page, request }) => {
  const { purchaseId } = await buyByRequest(request, await flatOf("A-204"));
  await signIn(page, "resident");
  await page.goto("/home");
  await expectAccessible(page);
  await page.goto(`/home/purchases/${purchaseId}`);
  await expect(page.getByRole("article")).toBeVisible();
  await expectAccessible(page);
});
