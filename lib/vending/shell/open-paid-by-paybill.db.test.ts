import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inScope } from "@/lib/access";
import { assert } from "@/lib/kernel";
import { listAccounts, listCases, switchOffAccount } from "@/lib/payments";
import { setMeterStatus } from "@/lib/property";
import { makeMember } from "@/prisma/seed/member";
import { openDaraja } from "@/prisma/seed/outside/daraja-town";
import { openPaybillShop, type PaybillShop } from "@/prisma/seed/outside/paybill-shop";
import { recordOf } from "@/prisma/seed/purchase-record";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { vendPurchase } from "..";

// Money that comes to a paybill by itself: it may come or not, is told of without a signature, and
// buys for the meter that its account names when Safaricom has said that it is there.

const NOW = new Date("2026-06-01T08:30:00Z");

let signer: SignerProcess;
let town: Awaited<ReturnType<typeof openDaraja>>;
let shop: Shop;
let paybill: PaybillShop;

beforeAll(async () => {
  signer = await startSigner();
  town = await openDaraja();
});
afterAll(async () => {
  await town.stop();
  await signer.stop();
});
beforeEach(async () => {
  shop = await openShop(signer.issuer, NOW);
  paybill = await openPaybillShop(shop, { town, at: NOW });
});

const staff = () =>
  makeMember(shop.meter.scope.organizationId, { role: "administrator", now: NOW });
const vend = (purchaseId: string) =>
  vendPurchase(shop.meter.scope, { purchaseId, issuer: signer.issuer, now: NOW });
async function waiting() {
  return (await listCases(await staff(), { take: 10 })).map(({ why, amountMinor, account }) => ({
    ...{ why, amountMinor, account },
  }));
}

describe("money that may come", () => {
  it("does so for a meter that is sold for, typed with spaces, and is asked about", async () => {
    expect(await paybill.offer()).toEqual({ ok: true, value: null });
    expect(await paybill.payments()).toEqual([]);
    const { organizationId } = shop.meter.scope;
    const [claim] = await inScope(shop.meter.scope, (tx) =>
      tx.db.paymentClaim.findMany({ where: { organizationId }, select: { id: true } }),
    );
    const planned = await inScope(shop.meter.scope, (tx) =>
      tx.db.dueWork.findFirst({
        where: { organizationId, subjectId: claim?.id ?? "" },
        select: { kind: true, dueAt: true },
      }),
    );
    const inAMinute = new Date(NOW.getTime() + 60_000);
    expect(planned).toEqual({ kind: "payment.confirm", dueAt: inAMinute });
  });

  it("does not for an account nobody has, nor for less than the smallest sale", async () => {
    for (const account of ["01000000017", "", "B-204", "'; --", "0".repeat(100)]) {
      expect(await paybill.offer({ account })).toEqual({ ok: false, error: "meter-not-found" });
    }
    const little = await paybill.offer({ shillings: "1" });
    expect(little).toEqual({ ok: false, error: "amount-too-small" });
  });

  it("does not for a blocked meter, nor to an account that was switched off", async () => {
    const landlord = await staff();
    await setMeterStatus(landlord, shop.meter.meterId, "blocked", NOW);
    expect(await paybill.offer()).toEqual({ ok: false, error: "meter-blocked" });
    const [account] = await listAccounts(landlord);
    const { endpointId } = account ?? { endpointId: "" };
    await switchOffAccount(landlord, { endpointId, now: NOW });
    expect(await paybill.offer()).toEqual({ ok: false, error: "switched-off" });
  });
});

describe("a call that nobody signed", () => {
  it("is not read from another address, nor with a guessed secret", async () => {
    const about = { id: paybill.reference, shillings: "500", account: paybill.account };
    const call = town.paybill.money("claim", about);
    const guessed = { ...call, path: ["0".repeat(36), "claim"] };
    expect(await paybill.settle(guessed)).toEqual({ ok: false, error: "signature-wrong" });
    const only = { town, at: NOW, addresses: "196.201.214.200, 196.201.214.206" };
    const fenced = await openPaybillShop(await openShop(signer.issuer, NOW), only);
    const told = town.paybill.money("claim", about);
    const from = (address: string) => ({
      ...told,
      headers: new Headers({ "x-forwarded-for": `196.201.214.200, ${address}` }),
    });
    const stranger = await fenced.settle(from("203.0.113.9"));
    expect(stranger).toEqual({ ok: false, error: "signature-wrong" });
    expect(await fenced.settle(from("196.201.214.206"))).toMatchObject({ ok: true });
  });

  it("names no provider in its address", () => {
    const about = { id: paybill.reference, shillings: "500", account: paybill.account };
    for (const what of ["offer", "claim"] as const) {
      const address = town.paybill.money(what, about).path.join("/");
      expect(address).toMatch(new RegExp(`^[0-9a-f]{36}/${what}$`));
    }
  });

  it.each([
    ["no amount", { TransAmount: undefined }],
    ["an amount that is none", { TransAmount: "1e3" }],
    ["nothing", { TransAmount: "0" }],
    ["less than nothing", { TransAmount: "-500" }],
    ["parts of a cent", { TransAmount: "500.005" }],
    ["other digits", { TransAmount: "٥٠٠" }],
    ["more than there is", { TransAmount: "9223372036854775808" }],
    ["no name", { TransID: "" }],
    ["a name too long", { TransID: "T".repeat(51) }],
    ["somebody else paid", { BusinessShortCode: "600000" }],
  ])("is refused with %s", async (_what, change) => {
    const about = { id: paybill.reference, shillings: "500", account: paybill.account };
    const call = town.paybill.money("claim", about);
    const rawBody = JSON.stringify({ ...JSON.parse(call.rawBody), ...change });
    const settled = await paybill.settle({ ...call, rawBody });
    expect(settled).toEqual({ ok: false, error: "malformed" });
  });

  it("buys nothing by itself", async () => {
    await paybill.claim();
    expect(await paybill.payments()).toEqual([]);
  });
});

describe("money that its provider confirms", () => {
  it("buys once for the meter it names, told of four times and confirmed thrice", async () => {
    expect(await paybill.offer()).toMatchObject({ ok: true });
    const claims = await Promise.all([1, 2, 3, 4].map(() => paybill.claim()));
    const [claimId = ""] = claims;
    expect(new Set(claims).size).toBe(1);
    expect(await paybill.ask(claimId)).toBe(false);
    const answers = await Promise.all([paybill.answer(), paybill.answer()]);
    const purchaseId = answers.find((one) => one !== null) ?? "";
    expect(await vend(purchaseId)).toBe("issued");
    expect(await paybill.answer()).toBeNull();
    expect(await paybill.ask(claimId)).toBe(true);
    const payments = await paybill.payments();
    expect(payments).toMatchObject([{ status: "applied", amountMinor: 50_000n }]);
    const record = await recordOf(shop.meter.scope, purchaseId);
    expect(record.digits).toHaveLength(1);
  });

  it("is not believed by a guessed answer, a failure's, or another payee's", async () => {
    const claimId = await paybill.claim();
    await paybill.ask(claimId);
    const about = { id: paybill.reference, shillings: "500" };
    const forged = town.paybill.answer({ ...about, isForged: true });
    assert(forged, "Safaricom was asked");
    expect(await paybill.settle(forged)).toEqual({ ok: false, error: "signature-wrong" });
    expect(await paybill.answer({ payee: "600000" })).toBe("unclear");
    expect(await paybill.answer({ payee: "1743791" })).toBe("unclear");
    expect(await paybill.answer({ result: "2001" })).toBe("unclear");
    expect(await paybill.answer({ status: "Pending" })).toBe("unclear");
    expect(await paybill.ask(claimId)).toBe(false);
    expect(await paybill.answer({ status: "Failed" })).toBe("denied");
    expect(await paybill.ask(claimId)).toBe(true);
    expect(await paybill.payments()).toEqual([]);
  });

  it("waits for a person when its account is no meter", async () => {
    await paybill.ask(await paybill.claim({ account: "B-204" }));
    expect(await paybill.answer()).toBeNull();
    const expected = { why: "meter-not-found", amountMinor: 50_000n, account: "B-204" };
    expect(await waiting()).toEqual([expected]);
  });

  it("waits for a person when the meter was blocked, or nobody uses it any more", async () => {
    await setMeterStatus(await staff(), shop.meter.meterId, "blocked", NOW);
    await paybill.ask(await paybill.claim());
    expect(await paybill.answer()).toBeNull();
    expect(await waiting()).toMatchObject([{ why: "meter-blocked", amountMinor: 50_000n }]);
    expect(await paybill.payments()).toMatchObject([{ status: "received" }]);
  });

  it("is due back when the meter was blocked after it came", async () => {
    await paybill.offer();
    const claimId = await paybill.claim();
    await setMeterStatus(await staff(), shop.meter.meterId, "blocked", NOW);
    await paybill.ask(claimId);
    const purchaseId = (await paybill.answer()) ?? "";
    expect(await vend(purchaseId)).toBe("refund_due");
    expect(await paybill.payments()).toMatchObject([{ status: "refunding" }]);
  });

  it("waits for a person when another amount came than a call spoke of", async () => {
    await paybill.ask(await paybill.claim({ shillings: "5000" }));
    expect(await paybill.answer({ shillings: "500" })).toBeNull();
    expect(await waiting()).toMatchObject([{ why: "told-otherwise", amountMinor: 50_000n }]);
  });

  it("waits for a person when two calls said different things of it", async () => {
    await paybill.offer();
    await paybill.claim();
    await paybill.ask(await paybill.claim({ account: "0100 0000 017" }));
    expect(await paybill.answer()).toBeNull();
    expect(await waiting()).toMatchObject([{ why: "calls-differ", amountMinor: 50_000n }]);
  });
});
