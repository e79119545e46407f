import { expect, test } from "@playwright/test";
import { neighbour } from "../fixtures/neighbour";
import { makeNeighbours, makeOwned } from "../fixtures/owner";
import { signInBy, signInOf } from "../fixtures/people";
import type { Things } from "./entrance";
import { entrancesOf } from "./entrances";

// For each entrance that is not everybody's: a stranger is turned away and learns nothing, and the
// owner still gets in.

const ONCE = { maxRedirects: 0 };
const DASHES = "-".repeat(36);
const MALFORMED = [
  "x",
  "1",
  DASHES,
  "%00",
  "%20",
  "..%2f..%2f",
  "' or 1=1 --",
  "ÄÖÜ",
  "00000000-0000-0000-0000-00000000000g",
  "a".repeat(3_000),
];
/** A well-formed id that nobody has. */
const NOBODYS = "01900000-0000-7000-8000-000000000000";

/** What of an organization stands in the addresses of its console. */
const IN_ADDRESSES = [
  "slug",
  "memberId",
  "buildingId",
  "unitId",
  "purchaseId",
  "meterId",
  "importId",
  "tariffId",
] as const;

const landlord = () => signInOf("landlord");

/**
 * As Next.js's own script asks for a page's data. Where a page ends in a redirect or in nothing,
 * the status is 200 and the data says so: what counts is that nothing else stands in it.
 */
const AS_DATA = { headers: { RSC: "1" } };
const ACACIA = /Acacia (?:Court|Homes)/;

for (const { file, path } of entrancesOf("staff", "resident", "signed-in")) {
  test(`nobody signed in is sent to sign-in by ${file}`, async ({ request }) => {
    const owned = await makeOwned(request, "A-204");
    for (const headers of [{}, { cookie: "next-auth.session-token=guess" }]) {
      const answer = await request.get(path(owned), { ...ONCE, headers });
      expect(answer.status()).toBe(307);
      const back = encodeURIComponent(path(owned));
      expect(answer.headers().location).toBe(`/sign-in?next=${back}`);
      expect(await answer.text()).not.toMatch(ACACIA);
    }
    const asData = await request.get(path(owned), AS_DATA);
    expect(await asData.text()).toContain("/sign-in");
    expect(await asData.text()).not.toMatch(ACACIA);
  });
}

for (const { file, path } of entrancesOf("staff")) {
  test(`another organization's landlord finds nothing at ${file}, its own gets in`, async ({
    request,
  }) => {
    const owned = await makeOwned(request, "A-204");
    const theirs = await makeNeighbours(request);
    await signInBy(request, theirs.landlord);
    const refused = await request.get(path(owned), ONCE);
    expect(refused.status()).toBe(404);
    expect(await refused.text()).not.toMatch(ACACIA);
    expect(await (await request.get(path(owned), AS_DATA)).text()).not.toMatch(ACACIA);
    expect((await request.get(path(theirs), ONCE)).status()).toBe(200);

    await signInBy(request, landlord());
    for (const how of [ONCE, AS_DATA]) {
      const answer = await request.get(path(owned), how);
      expect(answer.status()).toBe(200);
      // Sheets and answers to our own script name no organization; every page names whose it is.
      const isPage = !/csv|json/.test(answer.headers()["content-type"] ?? "");
      if (isPage) expect(await answer.text()).toMatch(ACACIA);
      else expect(await answer.text()).toMatch(/^\[.*\]$|^\{.*\}$|\r\n$/s);
    }
    expect((await request.get(path(theirs), ONCE)).status()).toBe(404);
  });

  test(`ids of others, of nobody and of no form are not found at ${file}`, async ({ request }) => {
    const owned = await makeOwned(request, "A-204");
    const theirs = await makeNeighbours(request);
    await signInBy(request, landlord());
    const own = path(owned);
    for (const name of IN_ADDRESSES) {
      if (path({ ...owned, [name]: "another" }) === own) continue;
      for (const id of [theirs[name], NOBODYS, ...MALFORMED]) {
        const answer = await request.get(path({ ...owned, [name]: id }), ONCE);
        expect(answer.status(), `${name} ${id.slice(0, 40)}`).toBe(404);
      }
    }
    expect((await request.get(own, ONCE)).status()).toBe(200);
  });
}

test("a caretaker and a resident find no purchase in the console, the landlord does", async ({
  request,
}) => {
  const { purchaseId } = await makeOwned(request, "A-104");
  const place = `/o/acacia/purchases/${purchaseId}`;
  await signInBy(request, signInOf("caretaker"));
  expect((await request.get(place, ONCE)).status()).toBe(404);
  await signInBy(request, signInOf("resident"));
  for (const path of [place, "/o/acacia"]) {
    expect((await request.get(path, ONCE)).status()).toBe(404);
  }
  await signInBy(request, landlord());
  expect((await request.get(place, ONCE)).status()).toBe(200);
});

test("a resident's slip is found by who holds the lease, and by nobody else signed in", async ({
  request,
}) => {
  const own = await makeOwned(request, "A-204");
  const place = `/home/purchases/${own.purchaseId}`;
  for (const who of [landlord(), signInOf("caretaker"), neighbour().landlord]) {
    await signInBy(request, who);
    expect((await request.get(place, ONCE)).status()).toBe(404);
    const home = await request.get("/home", ONCE);
    expect(home.status()).toBe(200);
    expect(await home.text()).not.toContain("A-204");
  }
  const other = await makeOwned(request, "A-104");
  await signInBy(request, signInOf("resident"));
  expect((await request.get(place, ONCE)).status()).toBe(200);
  const foreign = [other.purchaseId, neighbour().purchaseId, NOBODYS, ...MALFORMED];
  for (const id of foreign) {
    const answer = await request.get(`/home/purchases/${id}`, ONCE);
    expect(answer.status(), id.slice(0, 40)).toBe(404);
  }
});

/** Secrets that are nearly right, of the right form, or of none. */
function guessesAt(secret: string, purchaseId: string): readonly string[] {
  const swapped = secret.startsWith("A") ? "B" : "A";
  return [
    `${swapped}${secret.slice(1)}`,
    secret.slice(0, -1),
    `${secret}=`,
    `${secret}A`,
    secret.toLowerCase() === secret ? secret.toUpperCase() : secret.toLowerCase(),
    purchaseId,
    "A".repeat(22),
    ...MALFORMED,
  ];
}

for (const { file, methods, path } of entrancesOf("secret")) {
  test(`a guessed secret opens nothing at ${file}, the right one does`, async ({ request }) => {
    const owned = await makeOwned(request, "A-104");
    for (const secret of guessesAt(owned.secret, owned.purchaseId)) {
      for (const method of methods) {
        const form = method === "POST" ? { form: {} } : {};
        const answer = await request.fetch(path({ ...owned, secret }), {
          method,
          ...form,
          ...ONCE,
        });
        expect(answer.status(), `${method} ${secret.slice(0, 40)}`).toBe(404);
      }
    }
    expect((await request.get(`/t/${owned.secret}`)).status()).toBe(200);
    const paid = await request.post(`/t/${owned.secret}/pay`, { form: {}, ...ONCE });
    expect(paid.headers().location).toBe(`/t/${owned.secret}`);
  });
}

for (const { file, methods, path } of entrancesOf("checkout")) {
  test(`a checkout opens under its own endpoint alone: ${file}`, async ({ request }) => {
    const theirs = await makeNeighbours(request);
    const owned = await makeOwned(request, "A-104");
    const wrong: Partial<Things>[] = [
      { endpointId: owned.endpointId },
      { checkoutId: owned.checkoutId },
      ...[NOBODYS, ...MALFORMED].flatMap((id) => [{ endpointId: id }, { checkoutId: id }]),
    ];
    for (const change of wrong) {
      for (const method of methods) {
        const place = path({ ...theirs, ...change });
        const form = method === "POST" ? { form: { outcome: "decline" } } : {};
        const answer = await request.fetch(place, { method, ...form, ...ONCE });
        expect(answer.status(), `${method} ${place.slice(0, 80)}`).toBe(404);
      }
    }
    const still = await request.get(path(theirs), ONCE);
    expect(still.status()).toBe(200);
    expect(await still.text()).toContain('value="approve"');
  });
}

test("a meter that nobody has, or a number that is none, opens no practice meter", async ({
  request,
}) => {
  const { meterNumber } = await makeOwned(request, "A-104");
  const wrong = `${meterNumber.slice(0, -1)}${(Number(meterNumber.at(-1)) + 1) % 10}`;
  for (const number of [wrong, "04040404049", NOBODYS, ...MALFORMED]) {
    for (const method of ["GET", "POST"]) {
      const form = method === "POST" ? { form: { digits: "1" } } : {};
      const place = `/practice-meter/${number}`;
      const answer = await request.fetch(place, { method, ...form, ...ONCE });
      expect(answer.status(), `${method} ${place.slice(0, 60)}`).toBe(404);
    }
  }
  expect((await request.get(`/practice-meter/${meterNumber}`, ONCE)).status()).toBe(200);
});
