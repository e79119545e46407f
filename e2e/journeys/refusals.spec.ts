import { expect, type Page, test } from "@playwright/test";
import { purchasesOf } from "../fixtures/books";
import { otherAmount, payButton } from "../fixtures/buying";
import { type Flat, flatOf, whileBlocked, whileNothingIsCarried } from "../fixtures/flats";
import { textOf } from "../fixtures/text-of";
import { anySay, say, type WordKey } from "../fixtures/words";

// Bad input at the buy form: each gets its sentence at its field, keeps what was typed, answers 422
// and opens no purchase.

type Typed = { readonly meter: string; readonly amount: string };

const UNTIDY = "0104 5127 014";

/** Sends the form with a meter and another amount, and gives the answer's status. */
async function send(page: Page, { meter, amount }: Typed): Promise<number> {
  await page.goto("/buy");
  await page.getByLabel(say("buy.meterNumber")).fill(meter);
  await page.getByText(say("buy.other"), { exact: true }).click();
  await otherAmount(page).fill(amount);
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: say("buy.continue") }).click();
  return (await answered).status();
}

async function expectKept(page: Page, { meter, amount }: Typed): Promise<void> {
  await expect(page.getByLabel(say("buy.meterNumber"))).toHaveValue(meter);
  await expect(page.getByRole("radio", { name: say("buy.other") })).toBeChecked();
  await expect(otherAmount(page)).toHaveValue(amount);
}

/** The sentence stands at the field and is read out with it. */
async function expectAtField(page: Page, field: "meter" | "amount", key: WordKey): Promise<void> {
  const input = field === "meter" ? page.getByLabel(say("buy.meterNumber")) : otherAmount(page);
  await expect(input).toHaveAttribute("aria-invalid", "true");
  await expect(input).toHaveAccessibleDescription(beginning(key));
}

/** What is read out with a field: the sentence, then perhaps its hint. */
function beginning(key: WordKey): RegExp {
  return new RegExp(anySay(key).source.replace(/\$$/, ""));
}

const METERS = [
  ["a wrong check digit", "01045127012", "errors.wrong-check-digit"],
  ["two digits swapped", "01405127014", "errors.wrong-check-digit"],
  ["ten digits", "0104512701", "errors.not-a-meter-number"],
  ["nothing", "", "errors.not-a-meter-number"],
  ["words", "the blue meter", "errors.not-a-meter-number"],
  ["Arabic-Indic digits", "٠١٠٤٥١٢٧٠١٤", "errors.not-a-meter-number"],
  ["a number nobody sells for", "04040404041", "errors.meter-not-found"],
] as const;

for (const [what, meter, key] of METERS) {
  test(`${what} for a meter number is told at the field and kept`, async ({ page }) => {
    const typed = { meter: key === "errors.meter-not-found" ? unsold() : meter, amount: "123" };
    expect(await send(page, typed)).toBe(422);
    await expectAtField(page, "meter", key);
    await expectKept(page, typed);
  });
}

/** A right number that stands in no directory: its check digit is found by trying. */
function unsold(): string {
  const isRight = (digits: string) =>
    [...digits].reverse().reduce((sum, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return sum + (value > 9 ? value - 9 : value);
    }, 0) %
      10 ===
    0;
  const found = Array.from({ length: 10 }, (_, check) => `0404040404${check}`).find(isRight);
  return found ?? "";
}

const AMOUNTS = [
  ["zero", "0", "errors.not-positive"],
  ["zero with decimals", "0.00", "errors.not-positive"],
  ["a negative amount", "-500", "errors.not-positive"],
  ["nothing", "", "errors.not-a-number"],
  ["a word", "five hundred", "errors.not-a-number"],
  ["an exponent", "1e3", "errors.not-a-number"],
  ["digits and letters", "500KES", "errors.not-a-number"],
  ["two decimal points", "5.0.0", "errors.not-a-number"],
  ["Arabic-Indic digits", "٥٠٠", "errors.not-a-number"],
  ["full-width digits", "５００", "errors.not-a-number"],
  ["infinity", "Infinity", "errors.not-a-number"],
  ["a third decimal", "500.005", "errors.too-many-decimals"],
  ["an absurd amount", "99999999999999999999", "errors.too-large"],
  ["less than 0.1 kWh", "0.05", "errors.amount-too-small"],
  ["more than 13,106.4 kWh", "400000", "errors.energy-too-large"],
] as const;

for (const [what, amount, key] of AMOUNTS) {
  test(`${what} for an amount is told at the field, kept, and opens no purchase`, async ({
    page,
  }) => {
    const since = new Date();
    const flat = await flatOf("A-304");
    const typed = { meter: flat.meterNumber, amount };
    await whileNothingIsCarried(flat, async () => expect(await send(page, typed)).toBe(422));
    await expectAtField(page, "amount", key);
    await expectKept(page, typed);
    expect(await purchasesOf(flat, since)).toEqual([]);
  });
}

/** The amount in a refusal's sentence, as one types it. */
async function toldAmount(page: Page, key: WordKey): Promise<string> {
  const found = beginning(key).exec(await textOf(page.getByText(beginning(key))));
  return (found?.[1] ?? "").replace(/[^\d.]/g, "").replace(/\.$/, "");
}

for (const { key, refused, step } of [
  { key: "errors.amount-too-small", refused: "0.05", step: -1 },
  { key: "errors.energy-too-large", refused: "400000", step: 1 },
] as const) {
  test(`the limit that ${key} names can be bought, and one cent beyond it cannot`, async ({
    page,
  }) => {
    const flat = await flatOf("A-304");
    const sendAmount = (amount: string) => send(page, { meter: flat.meterNumber, amount });
    await whileNothingIsCarried(flat, async () => {
      expect(await sendAmount(refused)).toBe(422);
      const limit = await toldAmount(page, key);
      const cents = Math.round(Number(limit) * 100) + step;
      const beyond = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
      expect(await sendAmount(beyond)).toBe(422);
      expect(await sendAmount(limit)).toBe(303);
    });
    await expect(payButton(page)).toBeVisible();
  });
}

async function expectRefusedMeter(page: Page, flat: Flat, key: WordKey): Promise<void> {
  const since = new Date();
  const typed = { meter: flat.meterNumber, amount: "500" };
  expect(await send(page, typed)).toBe(422);
  await expectAtField(page, "meter", key);
  await expectKept(page, typed);
  expect(await purchasesOf(flat, since)).toEqual([]);
}

test("a blocked meter is told at the field, and nothing is charged", async ({ page }) => {
  const flat = await flatOf("A-304");
  await whileBlocked(flat, () => expectRefusedMeter(page, flat, "errors.meter-blocked"));
});

test("a meter in an empty flat is told at the field", async ({ page }) => {
  await expectRefusedMeter(page, await flatOf("A-203"), "errors.meter-not-in-use");
});

test("a meter number is read with spaces, and an amount with thousands set apart", async ({
  page,
}) => {
  expect(await send(page, { meter: ` ${UNTIDY} `, amount: "1,000" })).toBe(303);
  await expect(payButton(page)).toContainText(/1,000/);
});

test("what the address names is checked at once, and a right one is filled in", async ({
  page,
}) => {
  const flat = await flatOf("A-304");
  const right = await page.goto(`/buy?meter=${flat.meterNumber}&amount=750`);
  expect(right?.status()).toBe(200);
  await expectKept(page, { meter: flat.meterNumber, amount: "750" });
  const wrong = await page.goto("/buy?meter=12345678901");
  expect(wrong?.status()).toBe(422);
  await expectAtField(page, "meter", "errors.wrong-check-digit");
});
