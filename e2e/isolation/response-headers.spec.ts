import { expect, test } from "@playwright/test";
import { makeOwned } from "../fixtures/owner";
import { signIn, signInOf } from "../fixtures/people";
import type { Guard } from "./entrance";
import { ENTRANCES } from "./entrances";

// Pages without framework script are rendered by ourselves, so that their policy can be strict.

const OWN_SCRIPT: Readonly<Record<string, RegExp>> = {
  "app/t/[secret]/route.tsx": /^<script src="\/slip\.js" defer=""><\/script>$/,
  "app/practice-meter/[number]/route.tsx":
    /^<script src="\/practice-meter\.js" defer=""><\/script>$/,
};

// The test's installation has people, and so no set-up link; and nobody was sent this code or link.
const OPENS_NOTHING: readonly Guard[] = ["setup", "challenge", "invitation"];

const rendered = Object.entries(ENTRANCES).filter(
  ([file, { methods }]) => file.endsWith("route.tsx") && methods.includes("GET"),
);

for (const [file, { guard, path }] of rendered) {
  test(`${file} is stored nowhere, framed nowhere and runs no foreign script`, async ({
    request,
  }) => {
    const owned = await makeOwned(request, "A-603");
    if (guard === "signed-in") await request.post("/sign-in", { form: signInOf("landlord") });
    const answer = await request.get(path(owned));
    expect(answer.status()).toBe(OPENS_NOTHING.includes(guard) ? 404 : 200);
    const headers = answer.headers();
    expect(headers["cache-control"]).toBe("no-store");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("same-origin");
    const policy = headers["content-security-policy"] ?? "";
    for (const part of [
      "default-src 'none'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    const scripts = (await answer.text()).match(/<script[\s\S]*?<\/script>/g) ?? [];
    const own = OWN_SCRIPT[file];
    expect(scripts).toEqual(own ? [expect.stringMatching(own)] : []);
    expect(policy.includes("script-src 'self'")).toBe(own !== undefined);
  });
}

test("the policy of such a page breaks nothing of its own", async ({ page, request }) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  const owned = await makeOwned(request, "A-603");
  for (const [, { guard, path }] of rendered) {
    if (OPENS_NOTHING.includes(guard)) continue;
    const answer = await page.goto(path(owned));
    if (answer?.url().endsWith("/healthz")) continue;
    await page.evaluate(() => document.fonts.ready);
  }
  expect(complaints).toEqual([]);
});

test("signed-in pages are private and stored nowhere", async ({ page, request }) => {
  const owned = await makeOwned(request, "A-204");
  await signIn(page, "landlord");
  for (const [file, { guard, path }] of Object.entries(ENTRANCES)) {
    if (guard !== "staff") continue;
    const answer = await page.request.get(path(owned));
    expect(answer.status(), file).toBe(200);
    const control = answer.headers()["cache-control"];
    expect(control, file).toMatch(/private/);
    expect(control, file).toMatch(/no-store/);
  }
});

test("what a webhook or a refused post answers is stored nowhere", async ({ request }) => {
  const { endpointId } = await makeOwned(request, "A-603");
  const hook = await request.post(`/api/webhooks/practice/${endpointId}`, { data: "{}" });
  const post = await request.post("/buy", { headers: { origin: "https://evil.example" } });
  for (const answer of [hook, post]) expect(answer.headers()["cache-control"]).toBe("no-store");
});
