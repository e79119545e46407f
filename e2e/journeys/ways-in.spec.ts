import { createHash, randomInt, randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { rowOf, rowsOf } from "../fixtures/database";
import { flatOf } from "../fixtures/flats";
import { newestMessage } from "../fixtures/outbox";
import { signIn, signInOf } from "../fixtures/people";
import { textOf } from "../fixtures/text-of";
import { anySay, say } from "../fixtures/words";

const ONCE = { maxRedirects: 0 };
const COOKIE = "next-auth.session-token";

const freshPhone = () => `+2547${String(randomInt(1e9)).padStart(9, "0")}`;
const freshEmail = () => `${randomUUID()}@homes.example`;

/** Lets a phone or an e-mail stand on the lease of a flat, as the landlord's page would. */
async function putOnLease(label: string, contact: string): Promise<void> {
  const { organizationId, unitId } = await flatOf(label);
  const kind = contact.includes("@") ? "email" : "phone";
  const hash = createHash("sha256").update(`voltlet contact 1 ${kind} ${contact}`).digest("hex");
  await rowOf(
    `INSERT INTO lease_contact (contact_hash, belongs_to, lease_id)
     SELECT $1, organization_id, id FROM lease WHERE organization_id = $2 AND unit_id = $3
     RETURNING lease_id`,
    [hash, organizationId, unitId],
  );
}

async function askForCode(page: Page, contact: string, path = "/sign-in"): Promise<void> {
  await page.goto(path);
  await page.getByLabel(say("signIn.email")).fill(contact);
  await page.getByRole("button", { name: say("signIn.sendCode") }).click();
  await expect(page).toHaveURL(/\/sign-in\/code/);
}

async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel(say("signInCode.code")).fill(code);
  await page.getByRole("button", { name: say("signInCode.submit") }).click();
}

test("a phone that stands on a lease signs in by code and finds that home alone", async ({
  page,
  context,
}) => {
  const phone = freshPhone();
  await putOnLease("A-402", phone);
  const typed = `${phone.slice(0, 4)} ${phone.slice(4, 7)} ${phone.slice(7)}`;
  await askForCode(page, typed);
  const other = await context.newPage();
  const { code, link } = await newestMessage(other, phone);
  expect(link).toBe("");
  await typeCode(page, `${code.slice(0, 3)} ${code.slice(3)}`);
  await expect(page).toHaveURL(/\/home$/);
  await expect(page.getByRole("heading", { level: 2 }).first()).toHaveText(/^A-402/);
  await expect(page.getByText(say("homePage.hello", { name: phone }))).toBeVisible();
  // The same code again, from the same browser: used is used.
  const again = await page.request.post("/sign-in/code", { form: { code }, ...ONCE });
  expect(again.status()).toBe(404);
});

test("the e-mailed link signs in from another browser, after a mail program looked at it", async ({
  page,
  browser,
  request,
}) => {
  const email = freshEmail();
  await putOnLease("A-403", email);
  await askForCode(page, email);
  const { code, link } = await newestMessage(page, email);
  for (let look = 0; look < 3; look++) expect((await request.get(link)).status()).toBe(200);
  const phone = await browser.newContext({ javaScriptEnabled: false });
  const there = await phone.newPage();
  await there.goto(link);
  await expect(there.getByText(say("signInLink.lead", { contact: email }))).toBeVisible();
  await there.getByRole("button", { name: say("signInLink.submit") }).click();
  await expect(there).toHaveURL(/\/home$/);
  await expect(there.getByRole("heading", { level: 2 }).first()).toHaveText(/^A-403/);
  await phone.close();

  expect((await request.get(link)).status()).toBe(404);
  expect((await request.post(link, { form: {}, ...ONCE })).status()).toBe(404);
  await page.goto("/sign-in/code");
  await expect(page.getByRole("heading", { name: say("signInCode.closedTitle") })).toBeVisible();
  expect((await page.request.post("/sign-in/code", { form: { code }, ...ONCE })).status()).toBe(
    404,
  );
});

test("somebody unknown meets the same page and words, and nothing is sent", async ({ page }) => {
  const unknown = freshEmail();
  const known = freshEmail();
  await putOnLease("A-404", known);
  const shown: string[] = [];
  for (const contact of [unknown, known]) {
    await askForCode(page, contact);
    shown.push((await textOf(page.getByRole("main"))).replace(contact, "…"));
    await typeCode(page, "no code");
    await expect(page.getByText(anySay("signInCode.wrong"))).toBeVisible();
    shown.push((await textOf(page.getByRole("main"))).replace(contact, "…"));
  }
  expect(shown.slice(0, 2)).toEqual(shown.slice(2));
  await newestMessage(page, known);
  await expect(page.getByText(unknown)).toHaveCount(0);
  expect(await rowsOf("SELECT 1 FROM app_user WHERE email = $1", [unknown])).toEqual([]);
});

test("five wrong codes close it, and a sixth code within an hour is not sent", async ({ page }) => {
  const email = freshEmail();
  await putOnLease("A-401", email);
  await askForCode(page, email);
  for (let tries = 0; tries < 5; tries++) await typeCode(page, "wrong");
  await expect(page.getByRole("heading", { name: say("signInCode.closedTitle") })).toBeVisible();
  for (let more = 0; more < 4; more++) await askForCode(page, email);
  await page.goto("/sign-in");
  await page.getByLabel(say("signIn.email")).fill(email);
  await page.getByRole("button", { name: say("signIn.sendCode") }).click();
  await expect(page.getByRole("alert")).toContainText(say("signIn.tooManyCodes"));
  await expect(page.getByLabel(say("signIn.email"))).toHaveValue(email);
});

test("Enter signs in with a password, and asks for a code without one", async ({ page }) => {
  const { email, password } = signInOf("caretaker");
  await page.goto("/sign-in");
  await page.getByLabel(say("signIn.email")).fill(email);
  await page.getByLabel(say("signIn.email")).press("Enter");
  await expect(page).toHaveURL(/\/sign-in\/code$/);
  await page.goto("/sign-in");
  await page.getByLabel(say("signIn.email")).fill(email);
  await page.getByLabel(say("signIn.password")).fill(password);
  await page.getByLabel(say("signIn.password")).press("Enter");
  await expect(page).toHaveURL(/\/o\/acacia$/);
});

test("what is no e-mail and no phone is refused with a reason, and is kept", async ({ page }) => {
  for (const typed of [
    "amina",
    "0712 345 678",
    "amina@homes",
    "a@b.example\u0085Bcc: c@d.example",
  ]) {
    await page.goto("/sign-in");
    await page.getByLabel(say("signIn.email")).fill(typed);
    await page.getByRole("button", { name: say("signIn.sendCode") }).click();
    await expect(page.getByText(say("signIn.notAContact"))).toBeVisible();
    await expect(page.getByLabel(say("signIn.email"))).toHaveValue(typed);
  }
});

test("line breaks and endless texts in a form send nothing", async ({ request }) => {
  for (const email of ["a@b.example\r\nBcc: c@d.example", "a".repeat(10_000), "@".repeat(3_000)]) {
    const asked = await request.post("/sign-in", { form: { email, how: "code" }, ...ONCE });
    expect(asked.status()).toBe(422);
    const form = { email, password: "x".repeat(3_000) };
    expect((await request.post("/sign-in", { form, ...ONCE })).status()).toBe(401);
  }
});

test("sign-in leads back to the page that was asked for, by password and by code", async ({
  page,
  context,
}) => {
  const { unitId } = await flatOf("A-303");
  const place = `/o/acacia/units/${unitId}?x=1`;
  await page.goto(place);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  const { email, password } = signInOf("caretaker");
  await page.getByLabel(say("signIn.email")).fill(email);
  await page.getByLabel(say("signIn.password")).fill("wrong");
  await page.getByRole("button", { name: say("signIn.submit") }).click();
  await page.getByLabel(say("signIn.password")).fill(password);
  await page.getByRole("button", { name: say("signIn.submit") }).click();
  await expect(page).toHaveURL(place);

  await context.clearCookies();
  await page.goto(place);
  await askForCode(page, email, page.url());
  const { code } = await newestMessage(await context.newPage(), email);
  await typeCode(page, "wrong");
  await typeCode(page, code);
  await expect(page).toHaveURL(place);
});

test("sign-in never leads to another site", async ({ request }) => {
  const { email, password } = signInOf("caretaker");
  const places = ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"];
  for (const next of [...places, "javascript:alert(1)", "/o\r\nSet-Cookie: a=b", "evil"]) {
    const shown = await request.get(`/sign-in?next=${encodeURIComponent(next)}`);
    expect(await shown.text()).not.toContain("evil.example");
    const answer = await request.post("/sign-in", { form: { email, password, next }, ...ONCE });
    expect(answer.status()).toBe(303);
    expect(answer.headers().location).toBe("/o");
    const coded = await request.post("/sign-in", { form: { email: freshEmail(), next }, ...ONCE });
    expect(coded.headers().location).toBe("/sign-in/code");
  }
});

async function sessionsOf(page: Page): Promise<number> {
  await page.goto("/account");
  const list = page.getByRole("list").filter({ hasText: say("account.thisOne") });
  return list.getByRole("listitem").count();
}

test("sessions are listed and ended: one, then all others, and each is out at once", async ({
  page,
  browser,
}) => {
  const email = freshEmail();
  await putOnLease("A-502", email);
  const elsewhere: Page[] = [];
  for (let number = 0; number < 3; number++) {
    const context = await browser.newContext({ userAgent: "Mozilla/5.0 (Android 14) Firefox/140" });
    elsewhere.push(await context.newPage());
  }
  let received: Awaited<ReturnType<typeof newestMessage>> | undefined;
  for (const one of [...elsewhere, page]) {
    await askForCode(one, email);
    received = await newestMessage(await one.context().newPage(), email, received);
    await typeCode(one, received.code);
    await expect(one).toHaveURL(/\/home$/);
  }
  await page.getByRole("link", { name: say("homePage.account") }).click();
  expect(await sessionsOf(page)).toBe(4);
  await expect(page.getByText("Firefox on Android", { exact: true })).toHaveCount(3);
  await page
    .getByRole("button", { name: say("account.endOne") })
    .first()
    .click();
  await expect(page.getByText(say("account.ended"))).toBeVisible();
  expect(await sessionsOf(page)).toBe(3);
  const places = async () =>
    Promise.all(
      elsewhere.map(async (one) => {
        await one.goto("/home");
        return new URL(one.url()).pathname;
      }),
    );
  expect((await places()).toSorted()).toEqual(["/home", "/home", "/sign-in"]);
  await page.getByRole("button", { name: say("account.endOthers") }).click();
  expect(await places()).toEqual(["/sign-in", "/sign-in", "/sign-in"]);
  expect(await sessionsOf(page)).toBe(1);
  await expect(page.getByText(say("account.onlyThis"))).toBeVisible();
});

test("a new password signs out everywhere else, and gives this browser another session", async ({
  page,
  browser,
}) => {
  const email = freshEmail();
  await putOnLease("A-503", email);
  await askForCode(page, email);
  await typeCode(page, (await newestMessage(await page.context().newPage(), email)).code);
  await expect(page).toHaveURL(/\/home$/);
  const before = await page.context().cookies();
  const copy = await browser.newContext();
  await copy.addCookies(before);
  const password = "rain on a tin roof";
  await page.goto("/account");
  await page.getByLabel(say("account.wanted")).fill("too short");
  await page.getByRole("button", { name: say("account.passwordSet") }).click();
  await expect(page.getByText(say("account.password-too-short", { least: "12" }))).toBeVisible();
  await page.getByLabel(say("account.wanted")).fill(password);
  await page.getByRole("button", { name: say("account.passwordSet") }).click();
  await expect(page.getByText(say("account.passwordDone"))).toBeVisible();
  const tokenIn = (jar: typeof before) => jar.find(({ name }) => name === COOKIE)?.value;
  expect(tokenIn(await page.context().cookies())).not.toBe(tokenIn(before));
  const stale = await copy.newPage();
  await stale.goto("/home");
  await expect(stale).toHaveURL(/\/sign-in\?next=/);
  await signIn(stale, { email, password });
  await expect(stale).toHaveURL(/\/home$/);
  await copy.close();
});

test("a person changes the own name, and it is shown in place of the e-mail", async ({ page }) => {
  const email = freshEmail();
  await putOnLease("A-504", email);
  await askForCode(page, email);
  await typeCode(page, (await newestMessage(await page.context().newPage(), email)).code);
  await expect(page.getByText(say("homePage.hello", { name: email }))).toBeVisible();
  await page.goto("/account");
  await page.getByLabel(say("account.name")).fill("Esther Nyambura");
  await page.getByRole("button", { name: say("account.nameSubmit") }).click();
  await expect(page.getByText(say("account.nameDone"))).toBeVisible();
  await page.goto("/home");
  await expect(page.getByText(say("homePage.hello", { name: "Esther Nyambura" }))).toBeVisible();
});
