import { expect, test } from "@playwright/test";
import { rowOf } from "../fixtures/database";
import { flatOf } from "../fixtures/flats";
import { signIn, signInOf } from "../fixtures/people";
import { say } from "../fixtures/words";

// Readings of one flat by hand, by sheet and by gateway; one that contradicts is kept by a person.

const minute = (ago: number) => new Date(Date.now() - ago * 60_000).toISOString().slice(0, 16);

/** The kilowatt-hours that a meter's register has passed, whatever the demo read there. */
async function registerOf(meterId: string): Promise<number> {
  const { passed } = await rowOf<{ passed: number }>(
    `SELECT coalesce(ceil(max(value) / 1000.0), 0)::int AS passed FROM reading
      WHERE meter_id = $1 AND quantity = 'register'`,
    [meterId],
  );
  return passed;
}

test("a caretaker's readings come in by sheet, and a low one waits for a person", async ({
  page,
}) => {
  const { unitId, meterId, meterNumber } = await flatOf("B-202");
  const passed = await registerOf(meterId);
  const row = (value: string, ago: number) => `${meterNumber};register;${value};${minute(ago)}Z`;
  const sheet = (...rows: string[]) => `Meter number;Kind;Reading;Read at\r\n${rows.join("\r\n")}`;
  await signIn(page, signInOf("caretaker"));
  await page.goto("/o/acacia/readings");
  const upload = async (text: string) => {
    const buffer = Buffer.from(`\uFEFF${text}`, "utf16le");
    const file = { name: "readings.csv", mimeType: "text/csv", buffer };
    await page.getByLabel(say("readings.file")).setInputFiles(file);
    await page.getByRole("button", { name: say("readings.upload") }).click();
  };
  const rows = [row(`${passed}.5`, 30), row(`${passed}.25`, 20), "00000000000;register;1;soon"];
  await upload(sheet(...rows));
  const status = page.getByRole("status").filter({ hasText: say("readings.notAccepted") });
  await expect(status).toContainText(say("readingWhy.lower-than-before"));
  await expect(status).toContainText(say("readingWhy.not-a-time"));
  await expect(status.getByRole("link", { name: say("readings.download") })).toBeVisible();

  await page.goto("/o/acacia/readings/waiting");
  const waiting = page.getByRole("article").filter({ hasText: "B-202" }).first();
  await expect(waiting).toContainText(say("readingWhy.lower-than-before"));
  await waiting.getByRole("button", { name: say("readingsWaiting.drop") }).click();
  await expect(waiting).toBeHidden();

  await page.goto(`/o/acacia/units/${unitId}`);
  await expect(page.getByRole("region", { name: say("usage.title") })).toBeVisible();
});

test("a gateway that is let in pushes readings, again for nothing, until it is shut out", async ({
  page,
  request,
}) => {
  const { meterId, meterNumber } = await flatOf("B-203");
  const passed = await registerOf(meterId);
  await signIn(page, signInOf("landlord"));
  await page.goto("/o/acacia/readings/gateways");
  const name = `Roof ${Date.now()}`;
  await page.getByLabel(say("gateways.name"), { exact: true }).fill(name);
  await page.getByRole("button", { name: say("gateways.create") }).click();
  const secret = await page.getByLabel(say("gateways.secret")).inputValue();
  const data = {
    readings: [
      { meter: meterNumber, quantity: "register", at: `${minute(15)}:00Z`, value: `${passed}.5` },
      { meter: meterNumber, quantity: "register", at: `${minute(15)}:00Z`, value: passed + 0.5 },
    ],
  };
  const push = (bearer: string) =>
    request.post("/api/readings", { data, headers: { authorization: `Bearer ${bearer}` } });
  expect(await (await push(secret)).json()).toEqual({
    outcomes: [{ outcome: "accepted" }, { outcome: "refused", reason: "not-a-value" }],
  });
  expect(await (await push(secret)).json()).toMatchObject({
    outcomes: [{ outcome: "nothing" }, {}],
  });
  expect((await push("A".repeat(22))).status()).toBe(401);
  expect((await request.post("/api/readings", { data })).status()).toBe(401);
  const csv = `meter,value,at\n${meterNumber},${passed + 1},${minute(10)}Z\n`;
  const headers = { authorization: `Bearer ${secret}`, "content-type": "text/csv" };
  const pushed = await request.post("/api/readings", { data: csv, headers });
  expect(await pushed.json()).toEqual({ outcomes: [{ outcome: "accepted" }] });

  await page.reload();
  const row = page.getByRole("listitem").filter({ hasText: name });
  await row.getByText(say("gateways.shut"), { exact: true }).click();
  await row.getByRole("button", { name: say("gateways.shutNow") }).click();
  await expect(row).toContainText("shut out");
  expect((await push(secret)).status()).toBe(401);
});
