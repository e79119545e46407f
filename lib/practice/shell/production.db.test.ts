import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { decideInstallationMode, findEndpointScope, findGuestScopeByMeter } from "@/lib/access";
import type { EndpointScope, GuestScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { createEndpoint } from "@/lib/payments";
import { makeFlat } from "@/prisma/seed/flat";
import { makePayablePurchase } from "@/prisma/seed/payable-purchase";
import { overruleInstallationMode } from "@/prisma/seed/roles/overrule-mode";
import * as practice from "..";

// What was made in practice, looked at by a process of a production installation.

const NOW = new Date("2026-02-01T09:00:00Z");
const signer = {
  manufacture: async () =>
    ({
      decoderKeyHex: "00112233445566778899aabbccddeeff",
      keyType: 2,
      keyExpiryNumber: 255,
      baseDateYear: 2014,
    }) as const,
};

let endpoint: EndpointScope;
let guest: GuestScope;
let checkoutId: string;
let checkout: Parameters<ReturnType<typeof practice.practiceProvider>["startCheckout"]>[0];
let inProduction: typeof practice;

beforeAll(async () => {
  await decideInstallationMode("practice", NOW);
  const flat = await makeFlat(NOW);
  const endpointId = await createEndpoint(flat.scope, "practice", NOW);
  const [foundEndpoint, foundGuest] = await Promise.all([
    findEndpointScope(endpointId, "practice"),
    findGuestScopeByMeter(flat.meterNumber),
  ]);
  assert(foundEndpoint !== null && foundGuest !== null, "both were just made");
  [endpoint, guest] = [foundEndpoint, foundGuest];
  const { attemptId, amountMinor, currency } = await makePayablePurchase(flat, endpointId, NOW);
  const { organizationId } = endpoint;
  const payer = { payee: "Acacia Homes", returnPath: "/t/x", now: NOW };
  checkout = { organizationId, endpointId, attemptId, amountMinor, currency, ...payer };
  const { checkoutPath } = await practice.practiceProvider().startCheckout(checkout);
  checkoutId = checkoutPath.split("/").at(-1) ?? "";
  expect(await practice.findCheckout(endpoint, checkoutId, NOW)).not.toBeNull();
  expect(await practice.findPracticeMeter(guest, { signer, now: NOW })).not.toBeNull();

  await overruleInstallationMode("production");
  vi.resetModules();
  inProduction = await import("..");
});
afterAll(() => overruleInstallationMode("practice"));

it("there is no practice checkout", async () => {
  expect(await inProduction.findCheckout(endpoint, checkoutId, NOW)).toBeNull();
  const decision = { checkoutId, decision: "approve", now: NOW } as const;
  const refused = { ok: false, error: "checkout-not-found" };
  expect(await inProduction.decideCheckout(endpoint, decision)).toEqual(refused);
});

it("there is no practice provider", async () => {
  const provider = inProduction.practiceProvider();
  const route = { siteUrl: "http://127.0.0.1:9", masterSecret: "x" };
  const refusal = "practice money does not exist in production";
  await expect(provider.startCheckout(checkout)).rejects.toThrow(refusal);
  await expect(provider.findCheckout(checkout)).rejects.toThrow(refusal);
  await expect(provider.refund(checkout)).rejects.toThrow(refusal);
  const called = inProduction.sendCallback(endpoint, { ...route, checkoutId, now: NOW });
  await expect(called).rejects.toThrow(refusal);
});

it("there is no practice meter", async () => {
  expect(await inProduction.findPracticeMeter(guest, { signer, now: NOW })).toBeNull();
  const refused = { ok: false, error: "practice-meter-not-found" };
  expect(await inProduction.enterToken(guest, { digits: "1", now: NOW })).toEqual(refused);
  const load = { isLoadOn: true, loadWatt: 100, now: NOW };
  expect(await inProduction.setLoad(guest, load)).toEqual(refused);
});
