import { expect, test } from "@playwright/test";
import { rowOf } from "../fixtures/database";
import { flatOf } from "../fixtures/flats";
import { neighbour } from "../fixtures/neighbour";
import { buyByRequest, digitsOf } from "../fixtures/requests";
import { expectAnswer, openMeter, readCredit, typeToken } from "../fixtures/typing";
import { say } from "../fixtures/words";

type Meter = { readonly meterId: string };

async function setMeter({ meterId }: Meter, assignment: string): Promise<void> {
  const sql = `UPDATE practice_meter SET ${assignment} WHERE meter_id = $1 RETURNING meter_id`;
  await rowOf(sql, [meterId]);
}

test("a token is accepted once: typed again it is refused, and its power stays", async ({
  page,
  request,
}) => {
  const flat = await flatOf("A-501");
  const neighbourly = await flatOf("A-102");
  await openMeter(page, neighbourly.meterNumber);
  const digits = await digitsOf(await buyByRequest(request, neighbourly));
  await typeToken(page, digits.replace(/(\d{4})(?=\d)/g, "$1-"));
  await expectAnswer(page, "Accept");
  const credit = await readCredit(page);
  await typeToken(page, digits);
  await expectAnswer(page, "UsedError");
  expect(await readCredit(page)).toBe(credit);

  await openMeter(page, flat.meterNumber);
  const theirs = await readCredit(page);
  await typeToken(page, digits);
  await expectAnswer(page, "CRCError");
  expect(await readCredit(page)).toBe(theirs);
});

test("a wrong digit and too few digits are refused with what to do, and change nothing", async ({
  page,
  request,
}) => {
  const flat = await flatOf("A-204");
  await openMeter(page, flat.meterNumber);
  const before = await readCredit(page);
  const digits = await digitsOf(await buyByRequest(request, flat));
  const last = Number(digits.at(-1));
  await typeToken(page, `${digits.slice(0, -1)}${(last + 1) % 10}`);
  await expectAnswer(page, "CRCError");
  // What was typed is still there to be mended.
  await expect(page.getByLabel(say("meter.digits"))).toHaveValue(/^\d{4}/);
  for (const wrong of [digits.slice(0, 19), "", "abc", "9".repeat(20), `${digits}1`]) {
    await typeToken(page, wrong);
    await expectAnswer(page, "FormatError");
  }
  expect(await readCredit(page)).toBe(before);
  await typeToken(page, digits);
  await expectAnswer(page, "Accept");
});

test("a token older than all the meter remembers is refused as old", async ({ page, request }) => {
  const flat = await flatOf("A-101");
  await openMeter(page, flat.meterNumber);
  const digits = await digitsOf(await buyByRequest(request, flat));
  const { memory } = await rowOf<{ memory: readonly number[] }>(
    "SELECT token_id_memory AS memory FROM practice_meter WHERE meter_id = $1",
    [flat.meterId],
  );
  await setMeter(flat, "token_id_memory = array_fill(16000000, ARRAY[50])");
  await typeToken(page, digits);
  await expectAnswer(page, "OldError");
  await setMeter(flat, `token_id_memory = '{${memory.join()}}'`);
  await typeToken(page, digits);
  await expectAnswer(page, "Accept");
});

test("a load counts the credit down, at nothing the supply is cut, a token brings it back", async ({
  page,
  request,
}) => {
  const flat = neighbour();
  await openMeter(page, flat.meterNumber);
  await setMeter(flat, "remaining_wh = 4, is_load_on = false, counted_at = now()");
  await page.reload();
  await expect(page.getByText(say("meter.supplyOn"), { exact: true })).toBeVisible();
  await page.getByRole("button", { name: say("meter.switchOn") }).click();
  await expect(page.getByText(say("meter.loadOn"), { exact: true })).toBeVisible();
  // 3 kW take a watt-hour every 1.2 seconds; the display follows without a reload.
  await expect(page.locator("[data-remaining-wh]")).toHaveText("0.002");
  await expect(page.getByText(say("meter.supplyOff"), { exact: true })).toBeVisible();
  expect(await readCredit(page)).toBe(0n);
  const digits = await digitsOf(await buyByRequest(request, flat, "100"));
  await typeToken(page, digits);
  await expectAnswer(page, "Accept");
  await expect(page.getByText(say("meter.supplyOn"), { exact: true })).toBeVisible();
});
