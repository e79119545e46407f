import { type APIRequestContext, expect, test } from "@playwright/test";
import { flatOf } from "../fixtures/flats";
import { neighbour } from "../fixtures/neighbour";
import { makeOwned } from "../fixtures/owner";
import { signIn, signInOf } from "../fixtures/people";
import { say } from "../fixtures/words";
import { entrancesOf } from "../isolation/entrances";

// A landlord makes a key; a program sells with it, once, and is shut out. Strangers get nowhere.

const NOBODYS = `vk_practice_${"0".repeat(40)}`;

function program(request: APIRequestContext, key: string) {
  const authorization = `Bearer ${key}`;
  return {
    get: (path: string) => request.get(`/api/v1${path}`, { headers: { authorization } }),
    post: (path: string, idempotencyKey: string, data: object) =>
      request.post(`/api/v1${path}`, {
        headers: { authorization, "idempotency-key": idempotencyKey },
        data,
      }),
  };
}

test("a program confirms a meter, asks, sells once, reprints, and is shut out", async ({
  page,
  request,
}) => {
  const { meterNumber: meter } = await flatOf("B-301");
  await signIn(page, signInOf("landlord"));
  await page.goto("/o/acacia/settings/api");
  const name = `Bank ${Date.now()}`;
  await page.getByLabel(say("apiKeys.name"), { exact: true }).fill(name);
  const scopes = page.getByRole("group", { name: say("apiKeys.scopes") });
  for (const box of await scopes.getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: say("apiKeys.create") }).click();
  const key = await page.getByLabel(say("apiKeys.key")).inputValue();
  expect(key).toMatch(/^vk_practice_[0-9a-f]{46}$/);
  const { get, post } = program(request, key);

  const confirmed = await get(`/meters/${meter}`);
  expect(confirmed.status()).toBe(200);
  expect(await confirmed.json()).toMatchObject({ meter, currency: "KES", unit: "B-3••" });
  const amount = { minor: "50000", currency: "KES" };
  const quote = await (
    await post("/quotes", `${name}-quote`.replace(" ", "-"), { meter, amount })
  ).json();
  expect(quote.lines.length).toBeGreaterThan(0);

  const order = name.replace(" ", "-");
  const body = { quote: quote.id, client_reference: order, payment_reference: order };
  const together = Array.from({ length: 8 }, () => post("/purchases", order, body));
  const answers = await Promise.all((await Promise.all(together)).map((one) => one.text()));
  expect(new Set(answers).size).toBe(1);
  const sold = JSON.parse(answers[0] ?? "{}");
  expect(sold).toMatchObject({ state: "issued", amount, tokens: [expect.any(String)] });
  expect(await (await get(`/purchases?client_reference=${order}`)).json()).toEqual(sold);
  const again = await post(`/purchases/${sold.id}/reprints`, `${order}-again`, {});
  expect(await again.json()).toMatchObject({ is_reprint: true, tokens: sold.tokens });

  // A neighbour's meter and sale are not found.
  expect((await get(`/meters/${neighbour().meterNumber}`)).status()).toBe(404);
  const foreign = { meter: neighbour().meterNumber, amount };
  expect((await post("/quotes", `${order}-foreign`, foreign)).status()).toBe(404);

  await page.reload();
  const row = page.getByRole("listitem").filter({ hasText: name });
  await row.getByText(say("apiKeys.shut"), { exact: true }).click();
  await row.getByRole("button", { name: say("apiKeys.shutNow") }).click();
  await expect(row).toContainText("revoked");
  const shut = await get(`/purchases/${sold.id}`);
  expect(shut.status()).toBe(401);
  expect(shut.headers()["content-type"]).toBe("application/problem+json");
  expect(await shut.json()).toMatchObject({ code: "key-revoked" });
});

test("nobody is let in without a key, with a mistyped one, or by a staff's cookie", async ({
  page,
  request,
}) => {
  const owned = await makeOwned(request, "A-603");
  await signIn(page, signInOf("landlord"));
  for (const { file, methods, path } of entrancesOf("api-key")) {
    for (const method of methods) {
      const plain = await page.request.fetch(path(owned), { method });
      expect(plain.status(), `${method} ${file}`).toBe(401);
      expect(plain.headers()["cache-control"]).toBe("no-store");
      expect(await plain.json()).toMatchObject({ code: "key-missing" });
      const headers = { authorization: `Bearer ${NOBODYS}` };
      const mistyped = await request.fetch(path(owned), { method, headers });
      expect(await mistyped.json()).toMatchObject({ code: "key-mistyped" });
    }
  }
});
