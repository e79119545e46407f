import { type Browser, expect, type Page, test } from "@playwright/test";
import { boundTo, hiddenFieldsOf } from "../fixtures/action-form";
import { rowOf } from "../fixtures/database";
import { flatOf } from "../fixtures/flats";
import { neighbour } from "../fixtures/neighbour";
import { type SignIn, signIn, signInOf } from "../fixtures/people";
import { buyByRequest } from "../fixtures/requests";
import { textOf } from "../fixtures/text-of";
import { anySay, say } from "../fixtures/words";

// Residents come and go: a caretaker prints, a resident joins, the lease ends, and the next one
// sees nothing of it.

const DAY_MS = 86_400_000;
const PASSWORD = "a sentence that is long enough";
const CODE = /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/;
const ONCE = { maxRedirects: 0 };

const civilDay = (daysAgo: number) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "Africa/Johannesburg" }).format(
    new Date(Date.now() - daysAgo * DAY_MS),
  );
const unitPath = () => `/o/baobab/units/${neighbour().home.unitId}`;

async function freshPage(browser: Browser, who?: SignIn): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  if (who) await signIn(page, who);
  return page;
}

/** Goes to the unit, makes an invitation for whoever lives there, and reads the code off it. */
async function printCode(page: Page): Promise<string> {
  await page.goto(unitPath());
  await page
    .getByRole("link", { name: say("residents.invite") })
    .first()
    .click();
  await page.getByRole("button", { name: say("printedInvitation.make") }).click();
  const sheet = page.getByRole("article");
  await expect(sheet).toContainText("Baobab Rentals");
  await expect(sheet).toContainText("B-102");
  await expect(sheet.getByRole("img", { name: say("printedInvitation.qr") })).toBeVisible();
  return textOf(sheet.getByText(CODE));
}

/** Types a code as people do, and gives who they are. */
async function joinAsNewcomer(page: Page, code: string, contact: string): Promise<void> {
  await page.goto("/join");
  await page.getByLabel(say("join.code")).fill(` ${code.toLowerCase().replaceAll("-", " ")} `);
  await page.getByRole("button", { name: say("join.continue") }).click();
  await page.getByLabel(say("join.name")).fill("Naledi");
  await page.getByLabel(say("join.contact"), { exact: true }).fill(contact);
  await page.getByLabel(say("join.password"), { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: say("join.submit") }).click();
  await expect(page).toHaveURL(/\/home$/);
}

/** Puts a sale into the past, as if it had been made some days ago. */
async function backdate(purchaseId: string, days: number): Promise<void> {
  await rowOf(
    `UPDATE purchase SET created_at = now() - $2 * interval '1 day' WHERE id = $1 RETURNING id`,
    [purchaseId, days],
  );
}

const statusOf = async (page: Page, path: string) => (await page.goto(path))?.status();
const slipPath = (purchaseId: string) => `/home/purchases/${purchaseId}`;
const slips = (page: Page) => page.getByRole("table").locator("tbody").getByRole("link");

async function endAndLetAgain(landlord: Page): Promise<void> {
  await landlord.goto(unitPath());
  await landlord.getByText(say("leaseForm.end"), { exact: true }).first().click();
  await landlord.getByLabel(say("leaseForm.lastDay")).fill("2001-01-01");
  await landlord.getByRole("button", { name: say("leaseForm.endNow") }).click();
  const refusal = landlord.getByRole("main").getByRole("alert");
  await expect(refusal).toContainText(say("leaseError.ends-before-start"));
  await landlord.getByLabel(say("leaseForm.lastDay")).fill(civilDay(1));
  await landlord.getByRole("button", { name: say("leaseForm.endNow") }).click();
  await expect(landlord.getByText(say("residents.vacant"))).toBeVisible();

  await landlord.getByText(say("leaseForm.start"), { exact: true }).click();
  await landlord.getByLabel(say("leaseForm.name")).fill("Mandla Zulu");
  await landlord.getByLabel(say("residents.phone")).fill("0700 000 103");
  await landlord.getByRole("button", { name: say("leaseForm.startNow") }).click();
  await expect(landlord.getByText(say("residentFault.not-a-phone"))).toBeVisible();
  await expect(landlord.getByLabel(say("leaseForm.name"))).toHaveValue("Mandla Zulu");
  await landlord.getByLabel(say("residents.phone")).fill("+27 70 000 0103");
  await landlord.getByRole("button", { name: say("leaseForm.startNow") }).click();
  await expect(landlord.getByRole("heading", { name: "Mandla Zulu" })).toBeVisible();
  await expect(landlord.getByText("+27700000103")).toBeVisible();
}

test("a resident joins by the printed code and the next one sees nothing of it", async ({
  browser,
  request,
}) => {
  test.setTimeout(120_000);
  const { home, caretaker, landlord, purchaseId: neighbours } = neighbour();
  const first = await buyByRequest(request, home, "100");
  await backdate(first.purchaseId, 3);

  const atDesk = await freshPage(browser, caretaker);
  await atDesk.goto(unitPath());
  await expect(atDesk.getByRole("heading", { name: "Naledi Dlamini" })).toBeVisible();
  expect(await atDesk.content()).not.toContain("+27700000102");
  const code = await printCode(atDesk);

  const resident = await freshPage(browser);
  await resident.goto(`/join/${code}`);
  await expect(resident.getByRole("main")).toContainText("N••• D•••");
  for (const secret of ["Naledi", "Dlamini", "B-102", "Baobab House"]) {
    expect(await resident.content()).not.toContain(secret);
  }
  await joinAsNewcomer(resident, code, "naledi@example.org");
  await expect(slips(resident)).toHaveCount(1);
  expect(await statusOf(resident, slipPath(first.purchaseId))).toBe(200);
  expect(await statusOf(resident, slipPath(neighbours))).toBe(404);
  expect(await statusOf(resident, `/join/${code}`)).toBe(404);

  await endAndLetAgain(await freshPage(browser, landlord));
  const second = await buyByRequest(request, home, "100");
  await resident.goto("/home");
  await expect(resident.getByText(anySay("homePage.ended"))).toBeVisible();
  await expect(resident.getByRole("link", { name: say("homePage.buy") })).toHaveCount(0);
  await expect(slips(resident)).toHaveCount(1);
  expect(await statusOf(resident, slipPath(second.purchaseId))).toBe(404);
  expect(await statusOf(resident, slipPath(first.purchaseId))).toBe(200);

  const next = await freshPage(browser);
  await joinAsNewcomer(next, await printCode(atDesk), "+27 70 000 0103");
  await expect(slips(next)).toHaveCount(1);
  expect(await statusOf(next, slipPath(second.purchaseId))).toBe(200);
  expect(await statusOf(next, slipPath(first.purchaseId))).toBe(404);

  // Who has an account adds the home with one button; what runs stands above what is over.
  await resident.goto("/home");
  await resident.getByRole("button", { name: say("console.signOut") }).click();
  await resident.goto(`/join/${await printCode(atDesk)}`);
  await resident.getByRole("link", { name: say("join.signIn") }).click();
  await resident.getByLabel(say("signIn.contact")).fill("naledi@example.org");
  await resident.getByLabel(say("signIn.password")).fill(PASSWORD);
  await resident.getByRole("button", { name: say("signIn.submit"), exact: true }).click();
  await expect(resident).toHaveURL(/\/join\//);
  await resident.getByRole("button", { name: say("join.add") }).click();
  await expect(resident).toHaveURL(/\/home$/);
  // The home that runs is the page; the one that is over stands last in the switch.
  const homes = resident.getByRole("navigation", { name: say("homePage.homes") });
  await expect(homes.getByRole("listitem")).toHaveCount(2);
  await expect(resident.getByRole("link", { name: say("homePage.buy") })).toBeVisible();
  await expect(homes.getByRole("listitem").last()).toContainText(/ended on/);
  await homes.getByRole("link").last().click();
  await expect(resident.getByRole("link", { name: say("homePage.buy") })).toHaveCount(0);
  await expect(resident.getByText(say("homePage.reading"))).toHaveCount(0);
  await resident.goto("/home");
});

test("a code that is used, withdrawn, of no form or never was opens the same closed page", async ({
  browser,
  request,
}) => {
  const atDesk = await freshPage(browser, neighbour().caretaker);
  const code = await printCode(atDesk);
  expect((await request.get(`/join/${code}`)).status()).toBe(200);
  const newer = await printCode(atDesk);
  const closed = await (await request.get(`/join/${"0".repeat(16)}`)).text();
  expect(closed).toContain(say("join.closedTitle"));
  await atDesk.goto(unitPath());
  await atDesk.getByText(say("leaseForm.withdraw"), { exact: true }).click();
  await atDesk.getByRole("button", { name: say("leaseForm.withdrawNow") }).click();
  await expect(atDesk.getByText(anySay("residents.invitationOpen"))).toHaveCount(0);
  const form = { name: "Eve", contact: "eve@example.org", password: PASSWORD };
  const tried = [code, newer, "x", "%00", "' or 1=1 --", "..%2f", "A".repeat(3_000)];
  for (const one of tried) {
    for (const answer of [
      await request.get(`/join/${one}`, ONCE),
      await request.post(`/join/${one}`, { form, ...ONCE }),
    ]) {
      expect(answer.status(), one.slice(0, 40)).toBe(404);
      expect(await answer.text()).toBe(closed);
    }
  }
  const typed = await request.post("/join", { form: { code: "A".repeat(2_000) }, ...ONCE });
  expect(typed.status()).toBe(422);
});

test("two clicks join once, and somebody else's e-mail joins nothing", async ({
  browser,
  request,
}) => {
  const code = await printCode(await freshPage(browser, neighbour().caretaker));
  const { email } = signInOf("landlord");
  const taken = { name: "Eve", contact: email, password: PASSWORD };
  const refused = await request.post(`/join/${code}`, { form: taken, ...ONCE });
  expect(refused.status()).toBe(422);
  expect(await refused.text()).toContain(say("residentFault.contact-taken"));
  expect(refused.headers()["set-cookie"]).toBeUndefined();

  const form = { name: "Zanele", contact: "zanele@example.org", password: PASSWORD };
  const both = await Promise.all(
    [1, 2].map(() => request.post(`/join/${code}`, { form, ...ONCE })),
  );
  for (const answer of both) {
    expect(answer.status()).toBe(303);
    expect(answer.headers().location).toBe("/home");
  }
  const { count } = await rowOf<{ count: number }>(
    `SELECT count(*)::int AS count FROM lease_holder h JOIN app_user u ON u.id = h.user_id
      WHERE u.email = 'zanele@example.org'`,
  );
  expect(count).toBe(1);
  const anew = await request.post(`/join/${code}`, {
    form: { ...form, contact: "eve@example.org" },
    ...ONCE,
  });
  // The request's cookies are Zanele's: a page from before is shown anew, and is closed.
  expect([303, 404]).toContain(anew.status());
});

const endsOnOf = async (leaseId: string) =>
  (
    await rowOf<{ endsOn: string | null }>(
      `SELECT ends_on::text AS "endsOn" FROM lease WHERE id = $1`,
      [leaseId],
    )
  ).endsOn;

test("a form bound to another's lease or to nonsense, or another role's, changes nothing", async ({
  request,
}) => {
  const flat = await flatOf("A-204");
  const { id: own } = await rowOf<{ id: string }>(
    "SELECT id FROM lease WHERE unit_id = $1 AND ends_on IS NULL",
    [flat.unitId],
  );
  const { unitId, unitId: theirUnit } = neighbour();
  const { id: theirs } = await rowOf<{ id: string }>("SELECT id FROM lease WHERE unit_id = $1", [
    unitId,
  ]);
  const enter = (who: SignIn) =>
    request.post("/sign-in", { form: { email: who.email, password: who.password }, ...ONCE });
  const path = `/o/acacia/units/${flat.unitId}`;
  await enter(signInOf("landlord"));
  const fields = await hiddenFieldsOf(request, path, `end-${own}`);
  const post = (bound: unknown) =>
    request.post(path, { multipart: { ...boundTo(fields, bound), lastDay: civilDay(1) }, ...ONCE });

  const foreign = await post({ org: "acacia", unitId: flat.unitId, leaseId: theirs });
  expect(await foreign.text()).toContain(say("leaseError.lease-not-found"));
  const elsewhere = await post({ org: "baobab", unitId: theirUnit, leaseId: theirs });
  expect(elsewhere.status()).toBe(404);
  for (const leaseId of [null, 7, { not: "" }, [own], "' or true --", "x".repeat(5_000)]) {
    const answer = await post({ org: "acacia", unitId: flat.unitId, leaseId });
    expect(await answer.text()).toContain(say("leaseError.lease-not-found"));
  }
  expect((await post({ org: { not: "" }, unitId: flat.unitId, leaseId: own })).status()).toBe(404);

  // The caretaker sees no such form; the landlord's, replayed, finds nothing.
  await enter(signInOf("caretaker"));
  await expect(hiddenFieldsOf(request, path, `end-${own}`)).rejects.toThrow("no form");
  const replayed = await post({ org: "acacia", unitId: flat.unitId, leaseId: own });
  expect(replayed.status()).toBe(404);
  for (const leaseId of [own, theirs]) expect(await endsOnOf(leaseId)).toBeNull();

  await enter(signInOf("landlord"));
  const before = { org: "acacia", unitId: flat.unitId, leaseId: own };
  const late = { ...boundTo(fields, before), lastDay: "2001-01-01" };
  const rightful = await request.post(path, { multipart: late, ...ONCE });
  expect(await rightful.text()).toContain(say("leaseError.ends-before-start"));
});
