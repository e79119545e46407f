import { expect, type Page, test } from "@playwright/test";
import { boundTo, hiddenFieldsOf } from "../fixtures/action-form";
import { rowOf, rowsOf } from "../fixtures/database";
import { flatOf } from "../fixtures/flats";
import { neighbour } from "../fixtures/neighbour";
import { signIn, signInBy, signInOf } from "../fixtures/people";
import { buyByRequest } from "../fixtures/requests";
import { say } from "../fixtures/words";

// What a resident comes home to: how long the power lasts, what was bought, and a form for what the
// meter shows, which works without script.

const readingsOf = (meterId: string) =>
  rowsOf<{ value: string; source: string; quantity: string }>(
    "SELECT value::text, source, quantity FROM reading WHERE meter_id = $1 ORDER BY recorded_at",
    [meterId],
  );

async function openReading(page: Page): Promise<void> {
  await page.goto("/home");
  await page.getByText(say("homePage.reading")).click();
}

test("a resident reads the days left first, buys, and finds every purchase again", async ({
  page,
  request,
}) => {
  await buyByRequest(request, await flatOf("A-204"));
  await signIn(page, "resident");
  await expect(page.getByRole("heading", { level: 2 }).first()).toHaveText(/^A-204/);
  await expect(page.getByText(/kWh on the meter/)).toBeVisible();
  const newest = page.getByRole("table").getByRole("row").nth(1).getByRole("link");
  const shown = await newest.getAttribute("href");
  await page.getByRole("link", { name: say("homePage.buy") }).click();
  await expect(page).toHaveURL(/\/buy\?meter=\d{11}$/);
  await page.goBack();
  await expect(newest).toHaveAttribute("href", shown ?? "");
});

test("history goes on behind the newest, and comes back", async ({ page, request }) => {
  const flat = await flatOf("A-204");
  const { count } = await rowOf<{ count: number }>(
    "SELECT count(*)::int AS count FROM purchase WHERE unit_id = $1 AND paid_at IS NOT NULL",
    [flat.unitId],
  );
  for (let more = count; more < 22; more += 1) await buyByRequest(request, flat);
  await signIn(page, "resident");
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(21);
  const first = await rows.nth(1).getByRole("link").getAttribute("href");
  await page.getByRole("link", { name: say("homePage.earlier") }).click();
  await expect(page).toHaveURL(/before=/);
  const later = await rows.nth(1).getByRole("link").getAttribute("href");
  expect(later).not.toBe(first);
  await page.getByRole("link", { name: say("homePage.newest") }).click();
  await expect(rows.nth(1).getByRole("link")).toHaveAttribute("href", first ?? "");
});

test("without script a resident enters what the meter shows; a slip of the hand is kept", async ({
  browser,
}) => {
  const { meterId } = await flatOf("A-204");
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, "resident");
  await openReading(page);
  await page.getByLabel(say("readingForm.value")).fill("about thirty");
  await page.getByRole("button", { name: say("homePage.readingSubmit") }).click();
  await expect(page.getByText(say("readingForm.notANumber"))).toBeVisible();
  await expect(page.getByLabel(say("readingForm.value"))).toHaveValue("about thirty");
  const before = (await readingsOf(meterId)).length;
  await page.getByLabel(say("readingForm.value")).fill("1.5");
  await page.getByRole("button", { name: say("homePage.readingSubmit") }).click();
  await expect(page.getByText(say("readingForm.accepted"))).toBeVisible();
  const after = await readingsOf(meterId);
  expect(after).toHaveLength(before + 1);
  expect(after.at(-1)).toEqual({ value: "1500", source: "resident", quantity: "remaining" });
  await context.close();
});

test("nobody enters a reading for a lease that is another's", async ({ request }) => {
  const { meterId } = await flatOf("A-204");
  await signInBy(request, signInOf("resident"));
  const fields = await hiddenFieldsOf(request, "/home", "own-reading");
  const before = (await readingsOf(meterId)).length;
  const others = await rowOf<{ id: string }>(
    `SELECT l.id FROM lease l JOIN unit u ON u.id = l.unit_id AND u.label = 'A-301'
      JOIN organization o ON o.organization_id = u.organization_id AND o.name = 'Acacia Homes'`,
  );
  for (const leaseId of [others.id, neighbour().leaseId, "nonsense"]) {
    const multipart = {
      ...boundTo(fields, { leaseId }),
      quantity: "register",
      value: "7",
      at: "2026-11-01T10:00",
    };
    const answer = await request.post("/home", { multipart });
    expect(await answer.text()).toContain(say("homePage.readingNoLease"));
  }
  await signInBy(request, neighbour().landlord);
  const own = await rowOf<{ id: string }>(
    `SELECT l.id FROM lease l JOIN unit u ON u.id = l.unit_id AND u.label = 'A-204'
      JOIN organization o ON o.organization_id = u.organization_id AND o.name = 'Acacia Homes'`,
  );
  const stolen = boundTo(fields, { leaseId: own.id });
  await request.post("/home", {
    multipart: { ...stolen, quantity: "register", value: "7", at: "2026-11-01T10:00" },
  });
  expect(await readingsOf(meterId)).toHaveLength(before);
});
