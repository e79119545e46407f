import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { expireQuote } from "../fixtures/books";
import { type Flat, flatOf, whileBlocked } from "../fixtures/flats";
import { neighbour } from "../fixtures/neighbour";
import { newestMessage } from "../fixtures/outbox";
import { signIn, signInOf } from "../fixtures/people";
import { whileAway } from "../fixtures/processes";
import {
  buyByRequest,
  decideCheckout,
  digitsOf,
  openPurchase,
  startPurchase,
} from "../fixtures/requests";
import { textOf } from "../fixtures/text-of";
import { expectAnswer, openMeter, typeToken } from "../fixtures/typing";
import { say } from "../fixtures/words";

test.setTimeout(120_000);

// Colours do not depend on the width, nor the layout on the colours: two looks see both of each.
const LOOKS = [
  { size: { width: 390, height: 844 }, colorScheme: "light" },
  { size: { width: 1440, height: 900 }, colorScheme: "dark" },
] as const;

/** Looks at the page that stands there: on a phone in light, and on a desk in dark. */
async function expectAccessible(page: Page): Promise<void> {
  for (const { size, colorScheme } of LOOKS) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // No page of ours holds a frame, and without frames axe needs no page of its own to finish.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const found = violations.map(({ id, help, nodes }) => ({
      id,
      help,
      at: nodes.map((node) => node.html.slice(0, 160)),
    }));
    expect(found, `${page.url()} at ${size.width} px, ${colorScheme}`).toEqual([]);
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

test("the way in by a printed code is accessible, typed wrong and open too", async ({ page }) => {
  await signIn(page, neighbour().caretaker);
  await page.goto(`/o/baobab/units/${neighbour().unitId}`);
  await page.getByRole("link", { name: say("residents.invite") }).click();
  await page.getByRole("button", { name: say("printedInvitation.make") }).click();
  await expect(page.getByRole("article")).toBeVisible();
  await expectAccessible(page);
  const code = await textOf(page.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/));
  await page.goto(`/join/${code}`);
  await expectAccessible(page);
  await page.context().clearCookies();
  for (const path of [`/join/${code}`, "/join", "/join/nothing-here"]) {
    await page.goto(path);
    await expectAccessible(page);
  }
  await page.goto("/join");
  await page.getByLabel(say("join.code")).fill("half a code");
  await page.getByRole("button", { name: say("join.continue") }).click();
  await expect(page.getByText(say("join.not-a-code"))).toBeVisible();
  await expectAccessible(page);
});

test("a unit's leases are accessible, each form unfolded and refused", async ({ page }) => {
  await signIn(page, neighbour().landlord);
  await page.goto(`/o/baobab/units/${neighbour().unitId}`);
  for (const summary of await page.locator("summary").all()) await summary.click();
  await page.getByLabel(say("residents.phone")).fill("0700");
  await page.getByRole("button", { name: say("leaseForm.save") }).click();
  await expect(page.getByText(say("residentFault.not-a-phone"))).toBeVisible();
  await expectAccessible(page);
});

test("a refused sign-in is accessible", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel(say("signIn.email")).fill("nobody@acacia.example");
  await page.getByLabel(say("signIn.password")).fill("wrong");
  await page.getByRole("button", { name: say("signIn.submit") }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expectAccessible(page);
});

test("the code's page, the link's, the outbox and the account are accessible", async ({ page }) => {
  const email = signInOf("caretaker").email;
  await page.goto("/sign-in");
  await page.getByLabel(say("signIn.email")).fill(email);
  await page.getByRole("button", { name: say("signIn.sendCode") }).click();
  await expectAccessible(page);
  await page.getByLabel(say("signInCode.code")).fill("12345");
  await page.getByRole("button", { name: say("signInCode.submit") }).click();
  await expect(page.getByLabel(say("signInCode.code"))).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  const { link } = await newestMessage(page, email);
  await expectAccessible(page);
  for (const path of [link, "/sign-in/link/nothing"]) {
    await page.goto(path);
    await expectAccessible(page);
  }
  await signIn(page, "caretaker");
  await page.goto("/account");
  await expectAccessible(page);
  await page.getByLabel(say("account.current")).fill("wrong");
  await page.getByLabel(say("account.wanted")).fill("a long enough password");
  await page.getByRole("button", { name: say("account.passwordChange") }).click();
  await expect(page.getByText(say("account.wrong-password"))).toBeVisible();
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
    "/sales",
    "/search?q=a-2",
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

test("a resident's reading form is accessible, open and refused", async ({ page }) => {
  await signIn(page, "resident");
  await page.goto("/home");
  await page.getByText(say("homePage.reading")).click();
  await expectAccessible(page);
  await page.getByLabel(say("readingForm.value")).fill("about thirty");
  await page.getByRole("button", { name: say("homePage.readingSubmit") }).click();
  await expect(page.getByText(say("readingForm.notANumber"))).toBeVisible();
  await expectAccessible(page);
});
