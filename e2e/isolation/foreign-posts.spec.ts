import { expect, test } from "@playwright/test";
import { purchasesOf } from "../fixtures/books";
import { rowsOf } from "../fixtures/database";
import { flatOf } from "../fixtures/flats";
import { signIn, signInOf } from "../fixtures/people";
import { openPurchase, startPurchase } from "../fixtures/requests";
import { ENTRANCES } from "./entrances";

// A form on another site, sent by a visitor's browser: refused everywhere, and nothing is changed.

const FOREIGN = [
  { origin: "https://evil.example" },
  { origin: "null" },
  { origin: "http://localhost:1" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
  { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
];
const ONCE = { maxRedirects: 0 };
/** Let in by what they send, and by no cookie: another site has nothing to send for them. */
const BY_SECRET: ReadonlySet<string> = new Set(["signature", "gateway", "api-key"]);

async function stateOf(meterId: string) {
  return rowsOf(
    `SELECT p.id, p.status, c.status AS checkout, c.money_at, m.is_load_on, m.remaining_wh,
            (SELECT count(*) FROM practice_meter_entry e WHERE e.meter_id = p.meter_id) AS entries
       FROM purchase p
       LEFT JOIN payment_attempt a ON a.purchase_id = p.id
       LEFT JOIN practice_checkout c ON c.attempt_id = a.id
       LEFT JOIN practice_meter m ON m.meter_id = p.meter_id
      WHERE p.meter_id = $1 ORDER BY p.id`,
    [meterId],
  );
}

test("a post from another site is refused by every handler and changes nothing", async ({
  request,
}) => {
  const flat = await flatOf("A-601");
  await request.get(`/practice-meter/${flat.meterNumber}`);
  const quoted = await openPurchase(request, flat);
  const started = await startPurchase(request, flat);
  const { email, password } = signInOf("landlord");
  const forms: Readonly<Record<string, readonly [string, Record<string, string>]>> = {
    "app/buy/route.tsx": ["/buy", { meter: flat.meterNumber, choice: "500" }],
    "app/t/[secret]/pay/route.ts": [`/t/${quoted.secret}/pay`, {}],
    "app/practice/checkout/[endpoint]/[checkout]/route.tsx": [
      started.checkoutPath,
      { outcome: "approve" },
    ],
    "app/practice-meter/[number]/route.tsx": [
      `/practice-meter/${flat.meterNumber}`,
      { load: "on" },
    ],
    "app/join/route.tsx": ["/join", { code: "0".repeat(16) }],
    "app/join/[code]/route.tsx": [`/join/${"0".repeat(16)}`, { as: "" }],
    "app/setup/[secret]/route.tsx": [`/setup/${"x".repeat(22)}`, { email, password }],
    "app/account/route.tsx": ["/account", { do: "end-others" }],
    "app/invitation/[secret]/route.tsx": [`/invitation/${"x".repeat(22)}`, { name: "x", password }],
    "app/o/[org]/import/upload/route.ts": ["/o/acacia/import/upload", { sheet: "Building,Unit" }],
    "app/o/[org]/support/end/route.ts": ["/o/acacia/support/end", { user: flat.meterId }],
    "app/sign-in/route.tsx": ["/sign-in", { email, password }],
    "app/sign-in/code/route.tsx": ["/sign-in/code", { code: "123456" }],
    "app/sign-in/link/[secret]/route.tsx": [`/sign-in/link/${"x".repeat(22)}`, {}],
    "app/sign-out/route.ts": ["/sign-out", {}],
  };
  const posted = Object.entries(ENTRANCES)
    .filter(([, { methods, guard }]) => methods.includes("POST") && !BY_SECRET.has(guard))
    .map(([file]) => file);
  expect(Object.keys(forms).toSorted()).toEqual(posted.toSorted());

  const before = await stateOf(flat.meterId);
  for (const [path, form] of Object.values(forms)) {
    for (const headers of FOREIGN) {
      const answer = await request.post(path, { form, headers, ...ONCE });
      expect(answer.status(), `${path} ${JSON.stringify(headers)}`).toBe(403);
      expect(answer.headers()["set-cookie"]).toBeUndefined();
    }
  }
  expect(await stateOf(flat.meterId)).toEqual(before);
});

test("a form on another site, sent by a signed-in browser, neither signs out nor pays", async ({
  page,
  request,
  baseURL,
}) => {
  const since = new Date();
  const flat = await flatOf("A-602");
  const { checkoutPath } = await startPurchase(request, flat);
  await signIn(page, "landlord");
  for (const [path, name, value] of [
    ["/sign-out", "x", ""],
    [checkoutPath, "outcome", "approve"],
  ] as const) {
    await page.route("http://evil.example/", (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<form method="post" action="${baseURL}${path}">
          <input type="hidden" name="${name}" value="${value}"><button>Win</button></form>`,
      }),
    );
    await page.goto("http://evil.example/");
    const answered = page.waitForResponse((response) => response.url().endsWith(path));
    await page.getByRole("button").click();
    expect((await answered).status()).toBe(403);
    await page.unroute("http://evil.example/");
  }
  await page.goto("/o/acacia");
  await expect(page).toHaveURL(/\/o\/acacia$/);
  expect(await purchasesOf(flat, since)).toMatchObject([{ status: "awaiting_payment" }]);
});

test("what is no form, or far too large, is refused", async ({ request }) => {
  const json = await request.post("/buy", { data: { meter: "1" }, ...ONCE });
  expect(json.status()).toBe(403);
  const large = { meter: "1".repeat(20_000), choice: "500" };
  expect((await request.post("/buy", { form: large, ...ONCE })).status()).toBe(403);
});
