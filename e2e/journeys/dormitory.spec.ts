import { expect, type Page, test } from "@playwright/test";
import { colleagues } from "../fixtures/colleagues";
import { type Hostel, makeHostel } from "../fixtures/hostel";
import { type SignIn, signIn } from "../fixtures/people";
import { buyByRequest } from "../fixtures/requests";
import { textOf } from "../fixtures/text-of";
import { anySay, say } from "../fixtures/words";

// A dormitory from its first beds to the sheet that its office files.

const colleagueOf = (who: string): SignIn => {
  const found = colleagues().find((one) => one.who === who);
  if (!found) throw new Error(`there is no ${who}`);
  return found;
};

async function open(page: Page, name: string): Promise<void> {
  await page.locator("summary").filter({ hasText: name }).click();
}

async function letBed(page: Page, bed: string, name: string): Promise<void> {
  await open(page, say("leaseForm.start"));
  const form = page.locator("#start-lease");
  await form.getByLabel(say("leaseForm.bed"), { exact: true }).selectOption({ label: bed });
  await form.getByLabel(say("leaseForm.name")).fill(name);
  await form.getByRole("button", { name: say("leaseForm.startNow") }).click();
  await expect(page.getByText(say("leaseForm.started", { name }))).toBeVisible();
  await page.reload();
}

/** 2 kWh that nobody pays for, asked for by one and approved by another. */
async function giveFree(page: Page, hostel: Hostel): Promise<void> {
  const reason = `the roof leaked at ${hostel.name}`;
  await page.goto(`/o/acacia/meters/${hostel.meterId}`);
  await page.getByLabel(say("ownMeter.freeEnergy")).fill("2");
  await page.getByLabel(say("ownMeter.freeReason")).fill(reason);
  await page.getByRole("button", { name: say("ownMeter.freeAsk") }).click();
  const asked = page.getByRole("listitem").filter({ hasText: reason });
  await expect(asked).toContainText(say("approvalState.waiting"));
  const second = await (await page.context().browser()?.newContext())?.newPage();
  if (!second) throw new Error("there is no browser");
  await signIn(second, colleagueOf("manager"));
  await second.goto("/o/acacia/approvals");
  const request = second.getByRole("listitem").filter({ hasText: reason });
  await request.getByRole("button", { name: say("approvals.approve") }).click();
  await expect(second.getByText(say("approvals.doneApproved"))).toBeVisible();
  await page.reload();
  await asked.getByRole("button", { name: say("ownMeter.freeMake") }).click();
  await expect(asked.getByText(anySay("slip.token"))).toBeVisible();
}

/** A figure's row of the sheet, by its name. */
const figureRow = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });

const kwh = (text: string) =>
  Math.round(Number(text.replace(/[^\d.−-]/g, "").replace("−", "-")) * 1_000);

test("a room gets beds, each is let, and the block shows who holds which", async ({ page }) => {
  const hostel = await makeHostel();
  await signIn(page, "landlord");
  await page.goto(`/o/acacia/units/${hostel.otherRoomId}`);
  await open(page, say("leaseForm.beds"));
  await page.getByLabel(say("leaseForm.bedLabels")).fill("A, A");
  await page.getByRole("button", { name: say("leaseForm.bedsNow") }).click();
  await expect(page.getByText(say("leaseForm.bedsLabelTwice"))).toBeVisible();
  await page.getByLabel(say("leaseForm.bedLabels")).fill("A, B, C");
  await page.getByRole("button", { name: say("leaseForm.bedsNow") }).click();
  await expect(page.getByText(say("leaseForm.bedsAdded"))).toBeVisible();
  await page.reload();
  await letBed(page, "A", "Baraka Mwangi");
  await letBed(page, "C", "=cmd");
  const start = page.locator("#start-lease").getByLabel(say("leaseForm.bed"), { exact: true });
  await expect(start.locator("option")).toHaveText(["B"]);

  await page.goto(`/o/acacia/buildings/${hostel.buildingId}`);
  await page.getByRole("link", { name: say("rooms.title") }).click();
  const room = page.getByRole("listitem").filter({ hasText: "D-102" });
  await expect(room.getByText("Baraka Mwangi")).toBeVisible();
  await page.getByLabel(say("rooms.show")).selectOption("free");
  await page.getByRole("button", { name: say("rooms.apply") }).click();
  await expect(page).toHaveURL(/show=free/);
  await expect(page.getByText("Baraka Mwangi")).toHaveCount(0);
  await page.getByRole("link", { name: say("rooms.clear") }).click();
  await page.getByLabel(say("rooms.search")).fill("baraka");
  await page.getByRole("button", { name: say("rooms.apply") }).click();
  await expect(page.getByText("Baraka Mwangi")).toBeVisible();
  const csv = await page.request.get(`/o/acacia/buildings/${hostel.buildingId}/rooms/csv`);
  const lines = (await csv.text()).trim().split("\r\n");
  // The head, D-101 as a whole, three beds of D-102; a name that looks like a formula is none.
  expect(lines).toHaveLength(5);
  expect(lines.at(-1)).toContain("C,'=cmd,");
});

test("a month adds up, each figure opens to rows that sum to it, and the file is the same", async ({
  page,
  request,
}) => {
  const hostel = await makeHostel();
  await signIn(page, "landlord");
  await page.goto(`/o/acacia/units/${hostel.roomId}`);
  await open(page, say("leaseForm.start"));
  await page.locator("#start-lease").getByLabel(say("leaseForm.name")).fill("Chiku");
  await page.getByRole("button", { name: say("leaseForm.startNow") }).click();
  // Let whole, the unit offers no further lease: its form is gone, and the answer with it.
  await expect(page.getByRole("heading", { name: "Chiku" })).toBeVisible();
  await buyByRequest(request, hostel, "500");
  await giveFree(page, hostel);

  const sheet = `/o/acacia/buildings/${hostel.buildingId}/reconciliation`;
  const month = new Intl.DateTimeFormat("sv", { timeZone: "Africa/Nairobi" })
    .format(new Date())
    .slice(0, 7);
  await page.goto(`${sheet}?month=${month}`);
  await expect(page.getByText(/so far/)).toBeVisible();
  const { days } = hostel;
  const energies = [
    ["supplied", 10_000 * days],
    ["used", 6_000 * days],
    ["common", 2_000 * days],
    ["unexplained", 2_000 * days],
  ] as const;
  const csv = await page.request.get(`${sheet}/csv?month=${month}`);
  const lines = (await csv.text()).trim().split("\r\n").slice(1);
  for (const [figure, wh] of energies) {
    const name = say(`reconciliation.${figure}`);
    const value = figureRow(page, name).getByRole("cell").last().locator("span").first();
    expect(kwh(await textOf(value)), figure).toBe(wh);
    await page.getByRole("link", { name, exact: true }).click();
    const cells = page.getByRole("table").getByRole("row");
    await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
    const at = figure === "supplied" ? 2 : 1;
    const texts = await cells.evaluateAll(
      (rows, column) => rows.slice(1).map((row) => row.children[column]?.textContent ?? ""),
      at,
    );
    expect(
      texts.reduce((sum, text) => sum + kwh(text), 0),
      figure,
    ).toBe(wh);
    const filed = lines.filter((line) => line.startsWith(`${figure},`));
    const inFile = filed.reduce((sum, line) => sum + kwh(line.split(",")[5] ?? ""), 0);
    expect([filed.length, inFile], figure).toEqual([texts.length, wh]);
    await page.getByRole("link", { name: say("reconciliation.back") }).click();
  }
  const money = figureRow(page, say("reconciliation.received"));
  await expect(money).toContainText("500.00");
  await expect(figureRow(page, say("reconciliation.difference"))).toContainText("0.00");
  await expect(figureRow(page, say("reconciliation.free"))).toContainText("2.0 kWh");
  await page.getByRole("link", { name: say("reconciliation.sold"), exact: true }).click();
  await page.getByRole("link", { name: say("reconciliation.purchase") }).click();
  await expect(page.getByRole("article")).toContainText("500.00");
});

test("a month that is none, has not begun or was before anything says so", async ({ page }) => {
  const hostel = await makeHostel();
  await signIn(page, "landlord");
  const sheet = `/o/acacia/buildings/${hostel.buildingId}/reconciliation`;
  for (const month of ["2099-01", "2026-13", "x", "", "1066-10"]) {
    await page.goto(`${sheet}?month=${month}`);
    await expect(page.getByText(say("reconciliation.noMonth"))).toBeVisible();
  }
  await page.goto(`${sheet}?month=2020-01`);
  await expect(page.getByText(anySay("reconciliation.empty"))).toBeVisible();
  for (const path of ["rows?figure=gold", "csv?month=2099-01", "csv", "csv?month=x"]) {
    const answer = await page.request.get(`${sheet}/${path}`);
    expect(answer.status(), path).toBe(404);
  }
  const foreign = await page.request.get(sheet.replace(hostel.buildingId, hostel.roomId));
  expect(foreign.status()).toBe(404);
});
