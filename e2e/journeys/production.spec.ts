import { expect, type Page, test } from "@playwright/test";
import { rowsAt } from "../fixtures/database";
import {
  endAll,
  freeAddress,
  type OperatorsDatabase,
  runCommand,
  startOperatorsServer,
  startProduct,
} from "../fixtures/operator";
import { say } from "../fixtures/words";

// A production installation on a second server beside the test's own, whose migrator is no
// superuser. The tests follow one another on it, as its life does.

test.describe.configure({ mode: "serial", timeout: 180_000 });

let siteUrl: string;
let live: OperatorsDatabase;
let other: OperatorsDatabase;
let product: Awaited<ReturnType<typeof startProduct>>;
let link: string;

const landlord = { email: "wanjiku@acacia.example", password: "rain on a tin roof" };
const form = {
  organization: "Acacia Homes",
  legalName: "Acacia Homes Ltd",
  taxNumber: "",
  name: "Wanjiku Maina",
  ...landlord,
};
const ONCE = { maxRedirects: 0 };
const rowsIn = <Row extends Record<string, unknown>>(database: OperatorsDatabase, sql: string) =>
  rowsAt<Row>(database.superuserUrl, sql);
const linkIn = (output: string) => output.match(/http:\S+\/setup\/\S+/)?.[0] ?? "";

async function fill(page: Page, typed: Readonly<Record<string, string>>) {
  for (const [field, text] of Object.entries(typed)) await page.locator(`#${field}`).fill(text);
  await page.getByRole("button", { name: say("setup.submit") }).click();
}

test.beforeAll(async () => {
  test.setTimeout(90_000);
  const databases = await startOperatorsServer("live", "other");
  const [first, second] = databases;
  if (!first || !second) throw new Error("two databases were asked for");
  [live, other] = [first, second];
  siteUrl = await freeAddress();
  product = await startProduct(live, siteUrl);
});
test.afterAll(endAll);

test("an operator's server starts as production, unseeded, and names the next step", async () => {
  expect(product.output).toContain("npm run setup");
  expect(product.output).not.toContain("password");
  const [counts] = await rowsIn(
    live,
    `SELECT (SELECT mode FROM installation_mode), (SELECT count(*)::int FROM app_user) AS people,
            (SELECT count(*)::int FROM organization) AS organizations,
            (SELECT count(*)::int FROM vending_key) AS keys`,
  );
  expect(counts).toEqual({ mode: "production", people: 0, organizations: 0, keys: 0 });
  const [owner] = await rowsIn(
    live,
    `SELECT rolname, rolsuper, rolbypassrls FROM pg_roles r
       JOIN pg_class c ON c.relowner = r.oid AND c.relname = 'organization'`,
  );
  expect(owner).toEqual({ rolname: "operator", rolsuper: false, rolbypassrls: false });
});

test("nothing of practice is there: no examples, no checkout, no meter, no webhook", async ({
  request,
}) => {
  const home = await (await request.get(siteUrl)).text();
  expect(home).toContain(say("home.title"));
  for (const key of ["home.examplesTitle", "practice.strip"] as const) {
    expect(home).not.toContain(say(key));
  }
  expect(await (await request.get(`${siteUrl}/sign-in`)).text()).not.toContain(
    say("signIn.demoTitle"),
  );
  // Nor a way to send a code, so that none is promised; nor a page that would show it.
  const signInPage = await (await request.get(`${siteUrl}/sign-in`)).text();
  expect(signInPage).not.toContain(say("signIn.sendCode"));
  expect((await request.get(`${siteUrl}/outbox`)).status()).toBe(404);
  const id = "01900000-0000-7000-8000-000000000000";
  for (const path of [`/practice/checkout/${id}/${id}`, "/practice-meter/01045127007"]) {
    expect((await request.get(siteUrl + path)).status(), path).toBe(404);
    const post = await request.post(siteUrl + path, { form: { load: "on", outcome: "approve" } });
    expect(post.status(), path).toBe(404);
  }
  const hook = await request.post(`${siteUrl}/api/webhooks/practice/${id}`, { data: "{}" });
  expect(hook.status()).toBe(404);
});

test("a set-up link is replaced by a newer one, expires, and is none when it is guessed", async ({
  request,
}) => {
  const first = linkIn((await runCommand("setup", live)).output);
  expect(first).toMatch(new RegExp(`^${siteUrl}/setup/[\\w-]{22}$`));
  const answer = await request.get(first);
  expect(answer.status()).toBe(200);
  expect(answer.headers()["cache-control"]).toBe("no-store");
  link = linkIn((await runCommand("setup", live)).output);
  for (const path of [first, `${siteUrl}/setup/${"x".repeat(22)}`, `${siteUrl}/setup/%00`]) {
    const refused = await request.get(path);
    expect(refused.status(), path).toBe(404);
    expect(await refused.text()).toContain(say("setup.closedTitle"));
    expect((await request.post(path, { form })).status(), path).toBe(404);
  }
  const [stored] = await rowsIn<{ row: string }>(live, "SELECT s::text AS row FROM setup_link s");
  expect(stored?.row).not.toContain(link.slice(-22));

  await rowsIn(live, "UPDATE setup_link SET expires_at = expires_at - interval '61 minutes'");
  expect((await request.get(link)).status()).toBe(404);
  expect((await request.post(link, { form })).status()).toBe(404);
  await rowsIn(live, "UPDATE setup_link SET expires_at = expires_at + interval '61 minutes'");
  expect(await rowsIn(live, "SELECT 1 FROM app_user")).toEqual([]);
});

test("the first administrator sets up without a script and meets an empty portfolio", async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(link);
  await fill(page, { ...form, organization: " ", password: "too short" });
  await expect(page.getByText(say("setup.missing"))).toBeVisible();
  await expect(page.getByText(say("setup.password-too-short"))).toBeVisible();
  await expect(page.locator("#email")).toHaveValue(landlord.email);
  await expect(page.locator("#password")).toHaveValue("");
  await fill(page, { organization: form.organization, password: form.password });
  await expect(page).toHaveURL(`${siteUrl}/o/acacia-homes`);
  await expect(page.getByText(say("buildings.empty"))).toBeVisible();
  await context.close();
});

test("an operator verifies the audit trail while all runs; a changed row is named", async () => {
  await expect
    .poll(async () => (await runCommand("verify-audit", live)).output, { timeout: 30_000 })
    .toMatch(/ ok {2}2 entries, signed up to 2,[\s\S]*1 organizations, 0 with a fault/);
  const [changed] = await rowsIn<{ id: string }>(
    live,
    `UPDATE audit_entry SET detail = detail || '{"more": 1}' WHERE action = 'membership.created'
     RETURNING id`,
  );
  const found = await runCommand("verify-audit", live);
  expect(found.code).toBe(1);
  expect(found.output).toContain("FAULT  entry-changed");
  expect(found.output).toContain(`(entry ${changed?.id})`);
  await rowsIn(live, "UPDATE audit_entry SET detail = detail - 'more'");
  expect((await runCommand("verify-audit", live)).code).toBe(0);
});

test("the link works once: a repeat makes nobody, and no other link is made", async ({
  request,
}) => {
  const again = { ...form, email: "mallory@example.com" };
  expect((await request.post(link, { form: again, ...ONCE })).status()).toBe(404);
  const refused = await runCommand("setup", live);
  expect(refused.code).toBe(1);
  expect(refused.output).toContain("somebody");
  const people = await rowsIn(
    live,
    "SELECT email, role FROM app_user u JOIN membership m ON m.user_id = u.id",
  );
  expect(people).toEqual([{ email: landlord.email, role: "administrator" }]);
  const audit = await rowsIn(live, "SELECT action FROM audit_entry ORDER BY action");
  expect(audit).toEqual([{ action: "membership.created" }, { action: "organization.created" }]);
});

test("five posts of one link at once make one organization and one person", async ({ request }) => {
  await rowsIn(
    live,
    `TRUNCATE app_user, password_credential, session, sign_in_account, organization, membership,
       membership_directory, audit_entry, audit_personal CASCADE`,
  );
  const fresh = linkIn((await runCommand("setup", live)).output);
  const posts = ["a", "b", "c", "d", "e"].map((who) => {
    const typed = { ...form, organization: `House ${who}`, email: `${who}@acacia.example` };
    return request.post(fresh, { form: typed, ...ONCE });
  });
  const statuses = (await Promise.all(posts)).map((answer) => answer.status());
  expect(statuses.toSorted()).toEqual([303, 404, 404, 404, 404]);
  const made = await rowsIn<{ email: string; name: string }>(
    live,
    `SELECT u.email, o.name FROM app_user u JOIN membership m ON m.user_id = u.id
       JOIN organization o USING (organization_id)`,
  );
  expect(made).toHaveLength(1);
  // Both are of the same form.
  expect(made[0]?.name.at(-1)).toBe(made[0]?.email[0]);
});

test("a demo refuses a production installation, and to come without being asked for", async () => {
  await product.stop();
  const refused = await runCommand("demo", live, "--yes");
  expect(refused.code).toBe(1);
  expect(refused.output).toContain("production installation");
  const unasked = await runCommand("demo", other);
  expect(unasked.code).toBe(1);
  expect(unasked.output).toContain("npm run demo -- --yes");
  expect(await rowsIn(live, "SELECT mode FROM installation_mode")).toEqual([
    { mode: "production" },
  ]);
});

test("a demo fills another empty database and makes it practice for good", async () => {
  const filled = await runCommand("demo", other, "--yes");
  expect(filled.output).toContain("landlord@acacia.example");
  expect(await rowsIn(other, "SELECT mode FROM installation_mode")).toEqual([{ mode: "practice" }]);
  const verified = await runCommand("verify-audit", other);
  expect(verified.code, verified.output).toBe(0);
  expect(verified.output).toContain("1 organizations, 0 with a fault");
  const again = await runCommand("demo", other, "--yes");
  expect(again.code).toBe(1);
  expect(again.output).toContain("empty");
});

test("a start on the demo's database is practice, with its sign-ins and meters", async ({
  page,
}) => {
  product = await startProduct(other, siteUrl);
  expect(product.output).toContain("landlord@acacia.example");
  await page.goto(siteUrl);
  await expect(page.getByText(say("home.examplesTitle"))).toBeVisible();
  await product.stop();
});

test("meters in production can be priced, not paid for yet, and never practised on", async ({
  request,
}) => {
  // What no process can do, and what would have to hold if one could.
  await rowsIn(other, "UPDATE installation_mode SET mode = 'production'");
  product = await startProduct(other, siteUrl);
  expect(product.output).not.toContain("password");
  const meter = await rowsIn<{ number: string }>(
    other,
    "SELECT meter_number AS number FROM meter_directory ORDER BY 1 LIMIT 1",
  );
  const number = meter[0]?.number ?? "";
  expect(await (await request.get(siteUrl)).text()).not.toContain(say("home.examplesTitle"));
  for (const form of [{ load: "on" }, { digits: "1".repeat(20) }]) {
    const practised = await request.post(`${siteUrl}/practice-meter/${number}`, { form, ...ONCE });
    expect(practised.status()).toBe(404);
  }
  const asked = { meter: number, choice: "other", amount: "500" };
  const quote = await request.post(`${siteUrl}/buy`, { form: asked, ...ONCE });
  const path = quote.headers().location ?? "";
  expect(path).toMatch(/^\/t\//);
  const paid = await request.post(`${siteUrl}${path}/pay`, { form: {}, ...ONCE });
  expect(paid.status()).toBe(422);
  expect(await paid.text()).toContain(say("errors.no-way-to-pay"));
  const attempts = "SELECT 1 FROM payment_attempt a JOIN purchase p ON p.id = a.purchase_id";
  expect(await rowsIn(other, `${attempts} WHERE p.status = 'quoted'`)).toEqual([]);
  await product.stop();
});
