import { expect, test } from "@playwright/test";
import { colleagues } from "../fixtures/colleagues";
import { flatOf } from "../fixtures/flats";
import { fillForm } from "../fixtures/forms";
import { neighbour } from "../fixtures/neighbour";
import { signInBy } from "../fixtures/people";
import { anySay, say } from "../fixtures/words";

const colleagueOf = (who: string) => {
  const found = colleagues().find((colleague) => colleague.who === who);
  if (!found) throw new Error(`there is no ${who}`);
  return found;
};

test("a cashier sells by keyboard, prints the slip and cashes up; nobody else sees it", async ({
  page,
  request,
}) => {
  const { meterNumber } = await flatOf("A-303");
  const name = `Gate ${Date.now()}`;
  await signInBy(request, colleagueOf("administrator"));
  await fillForm(
    request,
    { path: "/o/acacia/desk", id: "add-desk" },
    { name, currency: "KES", limit: "" },
  );

  await signInBy(page.request, colleagueOf("cashier"));
  await page.goto("/o/acacia/desk");
  await page.getByLabel(say("desk.desk"), { exact: true }).selectOption(`${name} (KES)`);
  await page.getByLabel(say("desk.float"), { exact: true }).fill("1000");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name })).toBeVisible();

  // The cursor stands where work begins; two times Enter is a sale.
  await expect(page.getByLabel(say("desk.find"), { exact: true })).toBeFocused();
  await page.keyboard.type(meterNumber);
  await page.keyboard.press("Tab");
  await page.keyboard.type("500");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(say("desk.tendered"), { exact: true })).toBeFocused();
  await page.keyboard.type("1000");
  await page.keyboard.press("Enter");
  await expect(page.getByText(say("desk.changeDue"))).toBeVisible();
  await expect(page.locator("[data-token]")).toHaveCount(1);
  const sale = page.url();

  await page.getByRole("link", { name: say("desk.print80") }).click();
  await expect(page.getByText(/D\d+-000001/).first()).toBeVisible();
  await expect(page.getByText(anySay("receipt.reprint"))).toHaveCount(0);
  const printed = page.url();
  await page.goto(sale);
  await page.getByRole("link", { name: say("desk.next") }).click();

  await page.getByRole("link", { name: say("desk.cashUp") }).click();
  const shift = page.url();
  await expect(page.getByText(say("desk.expected"), { exact: true })).toHaveCount(0);
  expect((await page.request.get(`${shift}/csv`)).status()).toBe(404);
  await page.getByLabel(say("desk.total"), { exact: true }).fill("1490");
  await page.keyboard.press("Enter");
  await expect(page.getByText(anySay("desk.short"))).toBeVisible();
  await page.getByLabel(say("desk.differs"), { exact: true }).fill("a coin rolled away");
  await page.getByRole("button", { name: say("desk.close") }).click();
  await expect(page.getByText("a coin rolled away")).toBeVisible();
  const csv = await (await page.request.get(`${shift}/csv`)).text();
  expect(csv).toContain(",sale,");
  expect((await page.request.get(printed)).status()).toBe(404);

  const readers = { manager: 200, accountant: 200, caretaker: 404, viewer: 404 } as const;
  for (const [who, status] of Object.entries(readers)) {
    await signInBy(request, colleagueOf(who));
    expect((await request.get(shift)).status(), who).toBe(status);
  }
  await signInBy(request, neighbour().landlord);
  for (const place of [shift, `${shift}/csv`, sale, printed]) {
    expect((await request.get(place)).status(), place).toBe(404);
    expect((await request.get(place.replace("/acacia/", "/baobab/"))).status(), place).toBe(404);
  }
});
