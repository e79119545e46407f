import { expect, test } from "@playwright/test";
import { freshNumber } from "../fixtures/fresh-number";
import { neighbour } from "../fixtures/neighbour";
import { signIn } from "../fixtures/people";

// A landlord brings in a house from a sheet, as people have them: with faults.

const HEADINGS = "Property;Flat;Floor;Currency;Time zone;Meter no.;Tenant;Phone;Move in";

function sheet(name: string, floor: string, meters: readonly string[]): Buffer {
  const place = "ZAR;Africa/Johannesburg";
  const rows = [
    `${name};C-1;${floor};${place};${meters[0]};Thandi Mokoena;+27700000901;31/01/2026`,
    `${name};C-2;2;;;${meters[1]};ليلى حداد;;2026-03-01`,
    `${name};C-3;2;;;;;;`,
  ];
  return Buffer.from(`\uFEFF${[HEADINGS, ...rows].join("\r\n")}\r\n`);
}

test("a sheet with a fault is mended in its cell, made whole, and taken out again", async ({
  page,
}) => {
  const name = `Camphor Court ${freshNumber().slice(-4)}`;
  const meters = [freshNumber(), freshNumber()];
  await signIn(page, neighbour().landlord);
  await page.goto("/o/baobab/import");
  const file = { name: "camphor.csv", mimeType: "text/csv" };
  await page
    .getByLabel("Sheet, CSV or Excel")
    .setInputFiles({ ...file, buffer: sheet(name, "first", meters) });
  await page.getByRole("button", { name: "Check the sheet" }).click();

  await expect(page.getByRole("heading", { name: "camphor.csv" })).toBeVisible();
  await expect(page.getByText(/3 units in 1 new building.*1 row needs you/)).toBeVisible();
  const cell = page.getByRole("cell", { name: /first/ });
  await expect(cell).toContainText("Write a whole number; the ground floor is 0.");
  await expect(page.getByRole("button", { name: "Make all of it" })).toHaveCount(0);

  await page.getByRole("link", { name: "Rows with faults (1)" }).click();
  await page.getByRole("link", { name: "Correct row 2" }).click();
  await page.getByLabel("C2, Floor").fill("1");
  await page.getByRole("button", { name: "Correct and check" }).click();
  await expect(page.getByText("Every row is ready.").first()).toBeVisible();

  await page.getByRole("button", { name: "Make all of it" }).click();
  await expect(page.getByText(/All of it stands since/)).toBeVisible({ timeout: 20_000 });
  await page.getByRole("link", { name: "See the buildings" }).click();
  await page.getByRole("link", { name: new RegExp(name) }).click();
  for (const unit of ["C-1", "C-2", "C-3"]) {
    await expect(page.getByRole("link", { name: new RegExp(unit) }).first()).toBeVisible();
  }

  await page.goto("/o/baobab/import");
  await page
    .getByRole("row", { name: /camphor.csv Carried out/ })
    .first()
    .getByRole("link")
    .click();
  await page.getByRole("button", { name: "Take it out again" }).click();
  await expect(page.getByText(/Taken out again at/)).toBeVisible();
  await page.goto("/o/baobab");
  await expect(page.getByRole("link", { name: new RegExp(name) })).toHaveCount(0);
});

test("what is no sheet is refused with a sentence, and nothing is kept of it", async ({ page }) => {
  await signIn(page, neighbour().landlord);
  await page.goto("/o/baobab/import");
  const file = {
    name: "photo.csv",
    mimeType: "text/csv",
    buffer: Buffer.from([0x89, 0x50, 0, 0, 1]),
  };
  await page.getByLabel("Sheet, CSV or Excel").setInputFiles(file);
  await page.getByRole("button", { name: "Check the sheet" }).click();
  await expect(page.getByRole("alert").first()).toContainText("neither CSV nor an Excel workbook");
  await expect(page.getByRole("link", { name: "photo.csv" })).toHaveCount(0);
});
