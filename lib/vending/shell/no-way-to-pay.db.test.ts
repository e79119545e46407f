import { expect, it } from "vitest";
import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { makeFlat } from "@/prisma/seed/flat";
import { findPurchase, openPurchase, startPayment } from "..";

const now = new Date("2026-06-01T08:30:00Z");

it("an installation without a provider says so, and the purchase stays a quote", async () => {
  const { scope, meterId } = await makeFlat(now);
  const asked = { meterId, amountText: "500", channel: "web", requestKey: newId() } as const;
  const opened = await openPurchase(scope, { ...asked, addressKey: "a secret", now });
  assert(opened.ok, "the purchase is opened");
  const { purchaseId } = opened.value;
  const visit = { provider: null, payee: "Acacia Homes Limited", returnPath: "/t/x" };
  const started = await startPayment(scope, { purchaseId, ...visit, now });
  expect(started).toEqual({ ok: false, error: { code: "no-way-to-pay" } });
  expect((await findPurchase(scope, purchaseId))?.status).toBe("quoted");
});
