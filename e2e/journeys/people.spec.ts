import { readFileSync } from "node:fs";
import { type APIRequestContext, type Browser, expect, type Page, test } from "@playwright/test";
import { rowOf, rowsOf } from "../fixtures/database";
import { neighbour } from "../fixtures/neighbour";
import { type SignIn, signIn, signInOf } from "../fixtures/people";
import { anySay, say } from "../fixtures/words";

// An organization of its own, made by the neighbour's landlord, so that the demo's people stay as
// they are. The tests follow one another on it, as its life does.

test.describe.configure({ mode: "serial" });

const tag = Date.now().toString(36);
const ORGANIZATION = `Cedar Homes ${tag}`;
const SLUG = `cedar-homes-${tag}`;
const PASSWORD = "rain on a tin roof";
const emailOf = (who: string) => `${who}-${tag}@cedar.example`;
const manager: SignIn = { email: emailOf("manager"), password: PASSWORD };
const support: SignIn = { email: emailOf("support"), password: PASSWORD };
const ONCE = { maxRedirects: 0 };

let managerLink: string;

async function signedIn(browser: Browser, who: SignIn): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, who);
  return page;
}

/** An invitation's link: from its e-mail, or from the form where no e-mail can be sent. */
async function linkFrom(page: Page, email: string): Promise<string> {
  const { LOCAL_OUTBOX_FILE } = process.env;
  if (!LOCAL_OUTBOX_FILE) {
    const link = await page.getByLabel(say("people.linkLabel")).inputValue();
    expect(link).toMatch(/\/invitation\/[\w-]{22}$/);
    return link;
  }
  await expect(page.getByRole("status").filter({ hasText: email })).toBeVisible();
  const lines = readFileSync(LOCAL_OUTBOX_FILE, "utf8").trim().split("\n").reverse();
  const sent: { to: string; text: string }[] = lines.map((line) => JSON.parse(line));
  const text = sent.find((message) => message.to === email)?.text ?? "";
  return text.match(/http\S+\/invitation\/[\w-]{22}/)?.[0] ?? "";
}

const section = (page: Page, name: string) => page.getByRole("region", { name });

async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel(say("invitation.name")).fill(name);
  await page.getByLabel(say("invitation.password")).fill(PASSWORD);
  await page.getByRole("button", { name: say("invitation.join") }).click();
}

const signInBy = (request: APIRequestContext, { email, password }: SignIn) =>
  request.post("/sign-in", { form: { email, password }, ...ONCE });

test("an administrator opens a further organization, and switches between the two", async ({
  page,
}) => {
  await signIn(page, neighbour().landlord);
  await page.getByLabel(say("console.menu")).click();
  await page.getByRole("link", { name: say("console.newOrganization") }).click();
  await page.getByLabel(say("settings.legalName")).fill(`${ORGANIZATION} Ltd`);
  await page.getByLabel(say("settings.organization"), { exact: true }).fill(ORGANIZATION);
  await page.getByRole("button", { name: say("settings.create") }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${SLUG}$`));
  await expect(page.getByText(say("buildings.empty"))).toBeVisible();

  await page.getByLabel(say("console.menu")).click();
  const places = page.getByRole("navigation", { name: say("console.organizations") });
  await places.getByRole("link", { name: "Baobab Rentals" }).click();
  await expect(page).toHaveURL(/\/o\/baobab$/);
  await page.goto("/o");
  await expect(page.getByRole("heading", { name: say("places.title") })).toBeVisible();
  await page.getByRole("link", { name: ORGANIZATION }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${SLUG}$`));
});

test("nobody else opens one: a caretaker finds no such page", async ({ request }) => {
  await signInBy(request, signInOf("caretaker"));
  expect((await request.get("/o/new", ONCE)).status()).toBe(404);
});

test("an invitation is a link that is shown once; a refused one keeps what was typed", async ({
  page,
}) => {
  await signIn(page, neighbour().landlord);
  await page.goto(`/o/${SLUG}/people`);
  const form = section(page, say("people.inviteTitle"));
  await form.getByLabel(say("people.email")).fill(manager.email);
  await form.getByLabel(say("people.role")).selectOption("manager");
  await form.getByRole("button", { name: say("people.invite"), exact: true }).click();
  managerLink = await linkFrom(page, manager.email);
  await expect(page.getByText(manager.email).first()).toBeVisible();

  await form.getByLabel(say("people.email")).fill(manager.email);
  await form.getByLabel(say("people.role")).selectOption("viewer");
  await form.getByRole("button", { name: say("people.invite"), exact: true }).click();
  await expect(form.getByRole("alert")).toContainText(say("peopleError.already-invited"));
  await expect(form.getByLabel(say("people.email"))).toHaveValue(manager.email);
  await page.reload();
  await expect(page.getByLabel(say("people.linkLabel"))).toHaveCount(0);
});

test("a signed-in stranger is told whose invitation it is, and how to go on", async ({ page }) => {
  await signIn(page, "landlord");
  const answer = await page.goto(managerLink);
  expect(answer?.status()).toBe(403);
  await expect(page.getByRole("alert")).toContainText(say("invitation.otherTitle"));
  await expect(page.getByRole("button", { name: say("invitation.signOut") })).toBeVisible();
  const posted = await page.request.post(managerLink, { form: {}, ...ONCE });
  expect(posted.status()).toBe(403);
});

test("the invited person joins without a script, once; two at once are one member", async ({
  browser,
  request,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(managerLink);
  await expect(page.getByText(say("role.manager"), { exact: true })).toBeVisible();
  await page.getByLabel(say("invitation.name")).fill("Peter Mwaura");
  await page.getByLabel(say("invitation.password")).fill("short");
  await page.getByRole("button", { name: say("invitation.join") }).click();
  await expect(page.getByText(say("setup.password-too-short"))).toBeVisible();
  await expect(page.getByLabel(say("invitation.name"))).toHaveValue("Peter Mwaura");

  const form = { name: "Peter Mwaura", password: PASSWORD };
  const posts = [1, 2, 3].map(() => request.post(managerLink, { form, ...ONCE }));
  const locations = (await Promise.all(posts)).map((one) => one.headers().location ?? "");
  expect(locations.filter((one) => one === `/o/${SLUG}`)).toHaveLength(1);
  const members = await rowsOf(
    `SELECT 1 FROM membership m JOIN app_user u ON u.id = m.user_id WHERE u.email = $1`,
    [manager.email],
  );
  expect(members).toHaveLength(1);
  expect((await request.get(managerLink, ONCE)).status()).toBe(404);
  expect((await request.post(managerLink, { form, ...ONCE })).status()).toBe(404);
  await context.close();
});

test("a manager sees who is staff and changes nobody", async ({ page }) => {
  await signIn(page, manager);
  await page.goto(`/o/${SLUG}/people`);
  const table = page.getByRole("table", { name: say("people.members") });
  await expect(table.getByRole("row")).toHaveCount(3);
  await expect(table).toContainText(say("people.lastAdministrator"));
  await expect(page.getByRole("button", { name: say("people.invite"), exact: true })).toHaveCount(
    0,
  );
  const { id } = await rowOf<{ id: string }>("SELECT id FROM app_user WHERE email = $1", [
    manager.email,
  ]);
  expect((await page.goto(`/o/${SLUG}/people/${id}`))?.status()).toBe(404);
  expect((await page.goto(`/o/${SLUG}/settings`))?.status()).toBe(404);
});

test("everybody reads the roles, on a phone one at a time", async ({ page }) => {
  await signIn(page, manager);
  await page.goto(`/o/${SLUG}/people/roles`);
  const table = page.getByRole("table", { name: say("roles.title") });
  const row = table.getByRole("row", { name: say("permission.member:manage") });
  await expect(row.getByText(say("roles.yes"), { exact: true })).toHaveCount(1);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(table).toBeHidden();
  await page.getByLabel(say("roles.pick"), { exact: true }).selectOption("cashier");
  await page.getByRole("button", { name: say("roles.show") }).click();
  await expect(page).toHaveURL(/role=cashier/);
});

test("a changed role signs the person out, and holds at the next request", async ({
  page,
  browser,
}) => {
  const theirs = await signedIn(browser, manager);
  await theirs.goto(`/o/${SLUG}/people`);
  await expect(theirs.getByRole("heading", { name: say("people.title") })).toBeVisible();

  await signIn(page, neighbour().landlord);
  await page.goto(`/o/${SLUG}/people`);
  await page.getByRole("link", { name: "Peter Mwaura" }).click();
  await page.getByLabel(say("people.role"), { exact: true }).selectOption("viewer");
  await page.getByRole("button", { name: say("member.change"), exact: true }).click();
  await expect(page.getByText(say("member.changed"))).toBeVisible();

  await theirs.reload();
  await expect(theirs).toHaveURL(/sign-in/);
  await signIn(theirs, manager);
  expect((await theirs.goto(`/o/${SLUG}/people`))?.status()).toBe(404);
  await theirs.context().close();
});

test("the last administrator cannot leave, and names who takes over", async ({ page }) => {
  await signIn(page, neighbour().landlord);
  await page.goto(`/o/${SLUG}/people/leave`);
  await expect(page.getByRole("heading", { name: say("leave.lastTitle") })).toBeVisible();
  const leave = page.getByRole("button", { name: anySay("leave.submit") });
  await expect(leave).toHaveCount(0);
  await expect(page.getByLabel(say("leave.to"))).toContainText("Peter Mwaura");
});

test("support looks for an hour: announced to all, noted, read-only, and ended", async ({
  page,
  browser,
}) => {
  await signIn(page, neighbour().landlord);
  await page.goto(`/o/${SLUG}/people`);
  const form = section(page, say("people.supportTitle"));
  await form.getByLabel(say("people.email")).fill(support.email);
  await form.getByLabel(say("people.supportReason")).fill("the first building is missing");
  await form.getByRole("button", { name: say("people.inviteSupport") }).click();
  const link = await linkFrom(page, support.email);

  const theirs = await (await browser.newContext()).newPage();
  await join(theirs, link, "Nora Support");
  await expect(theirs).toHaveURL(new RegExp(`/o/${SLUG}$`));
  await expect(theirs.getByText(anySay("console.supportYou"))).toBeVisible();
  expect((await theirs.goto(`/o/${SLUG}/people`))?.status()).toBe(404);
  await theirs.goto(`/o/${SLUG}/people/roles`);
  const seen = await rowsOf<{ path: string }>(
    `SELECT e.detail ->> 'path' AS path FROM audit_entry e JOIN app_user u ON u.id = e.actor_id
      WHERE e.action = 'support.viewed' AND u.email = $1 ORDER BY e.at, e.id`,
    [support.email],
  );
  expect(seen.map(({ path }) => path)).toEqual([`/o/${SLUG}`, `/o/${SLUG}/people/roles`]);

  const viewer = await signedIn(browser, manager);
  await viewer.goto(`/o/${SLUG}`);
  await expect(viewer.getByText(anySay("console.supportLooks"))).toBeVisible();
  await expect(viewer.getByRole("button", { name: say("console.endSupport") })).toHaveCount(0);
  const { id } = await rowOf<{ id: string }>("SELECT id FROM app_user WHERE email = $1", [
    support.email,
  ]);
  const refused = await viewer.request.post(`/o/${SLUG}/support/end`, {
    form: { user: id },
    ...ONCE,
  });
  expect(refused.status()).toBe(404);

  await page.goto(`/o/${SLUG}`);
  await page.getByRole("button", { name: say("console.endSupport") }).click();
  await expect(page.getByText(anySay("console.supportLooks"))).toHaveCount(0);
  await theirs.goto(`/o/${SLUG}`);
  await expect(theirs).toHaveURL(/sign-in/);
  await signIn(theirs, support);
  expect((await theirs.goto(`/o/${SLUG}`))?.status()).toBe(404);
  for (const one of [theirs, viewer]) await one.context().close();
});

test("somebody with an account joins by one button, and leaves again", async ({
  page,
  browser,
}) => {
  await signIn(page, neighbour().landlord);
  await page.goto(`/o/${SLUG}/people`);
  const form = section(page, say("people.inviteTitle"));
  await form.getByLabel(say("people.email")).fill(support.email);
  await form.getByLabel(say("people.role")).selectOption("accountant");
  await form.getByRole("button", { name: say("people.invite"), exact: true }).click();
  const link = await linkFrom(page, support.email);

  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(link);
  await expect(theirs.getByRole("link", { name: say("invitation.signIn") })).toBeVisible();
  await signIn(theirs, support);
  await theirs.goto(link);
  await theirs.getByRole("button", { name: anySay("invitation.accept") }).click();
  await expect(theirs).toHaveURL(new RegExp(`/o/${SLUG}$`));
  await expect(theirs.getByRole("link", { name: say("console.audit") })).toBeVisible();
  await theirs.getByLabel(say("console.menu")).click();
  await theirs.getByRole("link", { name: anySay("console.leave") }).click();
  await theirs.getByRole("button", { name: anySay("leave.submit") }).click();
  await expect(theirs).toHaveURL(/\/home$/);
  expect((await theirs.goto(`/o/${SLUG}`))?.status()).toBe(404);
  await theirs.context().close();
});

test("a member who is removed is out with the session that was open", async ({ page, browser }) => {
  const theirs = await signedIn(browser, manager);
  await theirs.goto(`/o/${SLUG}`);
  await signIn(page, neighbour().landlord);
  await page.goto(`/o/${SLUG}/people`);
  await page.getByRole("link", { name: "Peter Mwaura" }).click();
  await page.getByRole("button", { name: say("member.remove", { name: "Peter Mwaura" }) }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${SLUG}/people$`));
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(2);
  await theirs.reload();
  await expect(theirs).toHaveURL(/sign-in/);
  await signIn(theirs, manager);
  expect((await theirs.goto(`/o/${SLUG}`))?.status()).toBe(404);
  await theirs.context().close();
});

const TAMPERED = [
  ["the person", (own: string) => [own, neighbour().memberId], say("peopleError.not-found")],
  ["the organization", () => ["acacia", neighbour().slug], say("problem.notFoundTitle")],
] as const;

for (const [what, changeOf, answer] of TAMPERED) {
  test(`a form sent with ${what} of somebody else in its place changes nothing`, async ({
    page,
  }) => {
    const { memberId, organizationId } = neighbour();
    await signIn(page, "landlord");
    await page.goto("/o/acacia/people");
    await page.getByRole("link", { name: "Peter Mwaura" }).click();
    await page.waitForURL(/\/people\/[0-9a-f-]{36}$/);
    const own = page.url().split("/").at(-1) ?? "";
    const [from = "", to = ""] = changeOf(own);
    await page.getByLabel(say("people.role"), { exact: true }).selectOption("cashier");
    await page.route("**/people/**", async (route) => {
      const body = route.request().postData();
      if (!body) return route.continue();
      expect(body).toContain(from);
      await route.continue({ postData: body.replaceAll(from, to) });
    });
    await page.getByRole("button", { name: say("member.change"), exact: true }).click();
    await expect(page.getByRole("main").getByText(answer)).toBeVisible();
    const rolesOf = (userId: string) =>
      rowsOf<{ role: string }>(
        `SELECT m.role FROM membership m JOIN organization o USING (organization_id)
          WHERE m.user_id = $1 AND (o.organization_id = $2 OR o.name = 'Acacia Homes')`,
        [userId, organizationId],
      );
    expect(await rolesOf(memberId)).toEqual([{ role: "administrator" }]);
    expect(await rolesOf(own)).toEqual([{ role: "caretaker" }]);
  });
}
