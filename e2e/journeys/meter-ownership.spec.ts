import { execFile } from "node:child_process";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { formatMeterNumber, parseMeterNumber } from "@/lib/sts/shared";
import { rowOf } from "../fixtures/database";
import { freshNumber } from "../fixtures/fresh-number";
import { neighbour } from "../fixtures/neighbour";
import { type SignIn, signIn, signInOf } from "../fixtures/people";
import { buyByRequest } from "../fixtures/requests";
import { textOf } from "../fixtures/text-of";
import { expectAnswer, openMeter, readCredit, typeToken } from "../fixtures/typing";
import { anySay, say } from "../fixtures/words";

const grouped = (number: string) => {
  const parsed = parseMeterNumber(number);
  return parsed.ok ? formatMeterNumber(parsed.value) : number;
};

async function signedIn(browser: Browser, who: SignIn): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, who);
  return page;
}

/** Registers a number and waits for the meter's own page. */
async function register(page: Page, slug: string, number: string): Promise<string> {
  await page.goto(`/o/${slug}/meters/new`);
  await page.getByLabel(say("newMeter.number")).fill(grouped(number));
  await page.getByRole("button", { name: say("newMeter.submit") }).click();
  await expect(page.getByRole("heading", { level: 1, name: grouped(number) })).toBeVisible();
  return page.url().split("/").at(-1) ?? "";
}

async function askForTest(page: Page, reason: string): Promise<void> {
  await page.getByLabel(say("ownMeter.reason")).fill(reason);
  await page.getByRole("button", { name: say("ownMeter.ask") }).click();
  await expect(page.getByRole("link", { name: say("ownMeter.toApprovals") })).toBeVisible();
}

/** The second person finds the request in the queue, reads why, and approves. */
async function approve(page: Page, slug: string, reason: string): Promise<void> {
  await page.goto(`/o/${slug}/approvals`);
  const request = page.getByRole("listitem").filter({ hasText: reason });
  await request.getByRole("button", { name: say("approvals.approve") }).click();
  await expect(page.getByText(say("approvals.doneApproved"))).toBeVisible();
}

async function makeToken(page: Page): Promise<string> {
  await page.reload();
  await page.getByRole("button", { name: say("ownMeter.make") }).click();
  return (await textOf(page.getByText(anySay("slip.token")))).replace(/\D/g, "");
}

/** Types the token into the practice meter and reads by how much its credit rose, in kWh. */
async function riseOn(page: Page, number: string, digits: string): Promise<string> {
  await openMeter(page, number);
  const before = await readCredit(page);
  await typeToken(page, digits);
  await expectAnswer(page, "Accept");
  const rose = (await readCredit(page)) - before;
  return `${rose / 1000n}.${(rose % 1000n) / 100n}`;
}

async function answer(page: Page, rose: string): Promise<void> {
  await page.getByLabel(say("ownMeter.rose")).fill(rose);
  await page.getByRole("button", { name: say("ownMeter.check") }).click();
}

test("a meter is claimed, tested with a second person, proved, and then sold for", async ({
  browser,
  request,
}) => {
  const { slug, landlord, manager, organizationId, unitId } = neighbour();
  const number = freshNumber();
  const reason = `it hangs in our hall, ${number}`;
  const page = await signedIn(browser, landlord);
  const meterId = await register(page, slug, number);
  await expect(page.getByText(say("ownMeter.claimedTitle"))).toBeVisible();
  await rowOf(
    `INSERT INTO meter_installation VALUES ($1, gen_random_uuid(), $2, $3, now()) RETURNING id`,
    [organizationId, meterId, unitId],
  );
  const refused = await request.post("/buy", { form: { meter: number, amount: "100" } });
  expect(await refused.text()).toContain("We do not sell for this meter");

  await page.reload();
  await askForTest(page, reason);
  await page.goto(`/o/${slug}/approvals`);
  const own = page.getByRole("listitem").filter({ hasText: reason });
  await expect(own.getByRole("button", { name: say("approvals.withdraw") })).toBeVisible();
  await expect(own.getByRole("button", { name: say("approvals.approve") })).toHaveCount(0);
  await page.goBack();

  await approve(await signedIn(browser, manager), slug, reason);
  const digits = await makeToken(page);
  expect(digits).toMatch(/^\d{20}$/);
  const rose = await riseOn(await (await browser.newContext()).newPage(), number, digits);
  expect(await page.getByRole("main").textContent()).not.toContain(`${rose} kWh`);

  await answer(page, rose === "4.9" ? "4.8" : "4.9");
  await expect(page.getByText(/2 tries are left/)).toBeVisible();
  await answer(page, rose);
  await expect(page.getByText(say("ownMeter.verifiedTitle"))).toBeVisible();
  const { purchaseId } = await buyByRequest(request, { meterNumber: number }, "100");
  const { status } = await rowOf<{ status: string }>("SELECT status FROM purchase WHERE id = $1", [
    purchaseId,
  ]);
  expect(["issued", "delivered"]).toContain(status);
});

test("two organizations contest a number: neither sells, who reads the meter has it", async ({
  browser,
}) => {
  const { slug, landlord, manager } = neighbour();
  const number = freshNumber();
  const reason = `we bought it new, ${number}`;
  const page = await signedIn(browser, landlord);
  await register(page, slug, number);
  const other = await signedIn(browser, signInOf("landlord"));
  await register(other, "acacia", number);
  for (const each of [page, other]) {
    await each.reload();
    await expect(each.getByText(say("ownMeter.contestedTitle"))).toBeVisible();
  }
  await page.goto(`/o/${slug}/meters?state=contested`);
  await page.getByRole("link", { name: grouped(number) }).click();

  await askForTest(other, reason);
  await other.goto("/o/acacia/approvals");
  const own = other.getByRole("listitem").filter({ hasText: reason });
  await expect(own.getByRole("button", { name: say("approvals.withdraw") })).toBeVisible();

  await askForTest(page, reason);
  await approve(await signedIn(browser, manager), slug, reason);
  const digits = await makeToken(page);
  await answer(page, await riseOn(await (await browser.newContext()).newPage(), number, digits));
  await expect(page.getByText(say("ownMeter.verifiedTitle"))).toBeVisible();
  await other.goBack();
  await other.reload();
  await expect(other.getByText(say("ownMeter.lostTitle"))).toBeVisible();

  await other.goto("/o/acacia/meters/new");
  const proved = neighbour().meterNumber;
  await other.getByLabel(say("newMeter.number")).fill(proved);
  await other.getByRole("button", { name: say("newMeter.submit") }).click();
  await expect(other.getByText(say("newMeter.meter-number-proved-elsewhere"))).toBeVisible();
  await expect(other.getByLabel(say("newMeter.number"))).toHaveValue(proved);
});

test("power without payment is given once a second person has approved it", async ({ browser }) => {
  const { slug, landlord, manager, meterId } = neighbour();
  const page = await signedIn(browser, landlord);
  await page.goto(`/o/${slug}/meters/${meterId}`);
  await page.getByLabel(say("ownMeter.freeEnergy")).fill("2.55");
  await page.getByLabel(say("ownMeter.freeReason")).fill("a free gift");
  await page.getByRole("button", { name: say("ownMeter.freeAsk") }).click();
  await expect(page.getByText(say("ownMeter.energy-out-of-range"))).toBeVisible();
  await page.getByLabel(say("ownMeter.freeEnergy")).fill("2.5");
  await page.getByRole("button", { name: say("ownMeter.freeAsk") }).click();
  const asked = page.getByRole("listitem").filter({ hasText: "a free gift" });
  await expect(asked).toContainText(say("approvalState.waiting"));
  const second = await signedIn(browser, manager);
  await approve(second, slug, "a free gift");
  await page.reload();
  await asked.getByRole("button", { name: say("ownMeter.freeMake") }).click();
  await expect(asked.getByText(anySay("slip.token"))).toBeVisible();
  const { amount } = await rowOf<{ amount: string }>(
    `SELECT sum(amount_minor)::text AS amount FROM ledger_transfer t
       JOIN approval_request a ON a.id = t.correlation_id AND a.reason = 'a free gift'
      WHERE t.debit_account = 'free_issues'`,
  );
  // 2.5 kWh at 3.10 rand, tax inside.
  expect(amount).toBe("775");
});

/** `npm run -s meters` as the operator runs it; its exit code and what it says. */
function operator(...args: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["scripts/meters.mjs", ...args], (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), said: `${stdout}${stderr}` }),
    );
  });
}

test("the operator sees who claims a number and decides, with a reason", async ({ browser }) => {
  const { slug, landlord, organizationId } = neighbour();
  const number = freshNumber();
  const page = await signedIn(browser, landlord);
  await register(page, slug, number);
  await register(await signedIn(browser, signInOf("landlord")), "acacia", number);
  const listed = await operator();
  expect(listed.said).toContain(number);
  expect(listed.said).toMatch(new RegExp(`${organizationId}  contested`));
  expect(await operator("verify", number, "--for", organizationId)).toMatchObject({ code: 1 });
  const nobody = "01900000-0000-7000-8000-000000000000";
  const toNobody = await operator("verify", number, "--for", nobody, "--reason", "none");
  expect(toNobody).toMatchObject({ code: 1 });
  const decision = ["verify", number, "--for", organizationId, "--reason", "saw the invoice"];
  expect(await operator(...decision)).toMatchObject({ code: 0 });
  expect((await operator()).said).not.toContain(number);
  await page.reload();
  await expect(page.getByText(say("ownMeter.verifiedTitle"))).toBeVisible();
  await page.goto(`/o/${slug}/audit?action=meter.verified`);
  await expect(page.getByText(/the operator decided: saw the invoice/).first()).toBeVisible();
});
