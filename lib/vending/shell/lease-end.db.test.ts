import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inScope, listResidentScopes } from "@/lib/access";
import type { ResidentScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { endLease, startLease } from "@/lib/property";
import { granted } from "@/prisma/seed/granted";
import { sell } from "@/prisma/seed/practice-sale";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { findPurchase, listPurchaseEvents, listSales, openPurchase } from "..";

// A lease ended on 3 June, and its end came to be known on the 8th: what was sold in between was
// bought by nobody who holds a lease. The next resident came on the 10th.

const OPENED = new Date("2026-06-01T08:00:00Z");
const DURING = new Date("2026-06-02T08:00:00Z");
const BETWEEN = new Date("2026-06-05T08:00:00Z");
const KNOWN = new Date("2026-06-08T08:00:00Z");
const NEXT = new Date("2026-06-11T08:00:00Z");

let signer: SignerProcess;
let shop: Shop;
let leaver: ResidentScope;
let comer: ResidentScope;
let during: string;
let between: string;
let next: string;

async function residentOf(leaseId: string): Promise<ResidentScope> {
  const { organizationId } = shop.meter.scope;
  const userId = newId();
  await inScope(shop.meter.scope, async (tx) => {
    await tx.db.leaseHolder.createMany({ data: [{ organizationId, userId, leaseId }] });
    const entry = { userId, belongsTo: organizationId, slug: organizationId };
    await tx.db.membershipDirectory.createMany({ data: [{ ...entry, kind: "resident" }] });
  });
  const [scope] = await listResidentScopes(userId);
  assert(scope, "who holds a lease is a resident");
  return scope;
}

async function sale(now: Date): Promise<string> {
  const { scope, meterId } = shop.meter;
  return (await sell(scope, { meterId, amountText: "29", now }, shop.tools)).purchaseId;
}

beforeAll(async () => {
  signer = await startSigner();
  shop = await openShop(signer.issuer, OPENED);
  const { scope, unitId } = shop.meter;
  const { id: leaseId } = await inScope(scope, (tx) =>
    tx.db.lease.findFirstOrThrow({
      where: { organizationId: scope.organizationId, unitId },
      select: { id: true },
    }),
  );
  leaver = await residentOf(leaseId);
  during = await sale(DURING);
  between = await sale(BETWEEN);
  granted(await endLease(scope, { leaseId, endsOn: "2026-06-03", now: KNOWN }));
  const lease = { unitId, residentName: "Juma", startsOn: "2026-06-10", now: KNOWN };
  comer = await residentOf(granted(await startLease(scope, lease)).leaseId);
  next = await sale(NEXT);
});
afterAll(() => signer.stop());

const purchasesSeenBy = async (scope: ResidentScope) =>
  (await listSales(scope, { take: 50 })).map((seen) => seen.purchaseId);

describe("when a lease has ended", () => {
  it("its holder sees what was bought before, and nothing after", async () => {
    expect(await purchasesSeenBy(leaver)).toEqual([during]);
    expect(await findPurchase(leaver, during)).toMatchObject({ residentName: "Amina Otieno" });
    expect(await listPurchaseEvents(leaver, during)).not.toEqual([]);
    for (const hidden of [between, next]) {
      expect(await findPurchase(leaver, hidden)).toBeNull();
      expect(await listPurchaseEvents(leaver, hidden)).toEqual([]);
    }
  });

  it("the next resident sees nothing of the one before", async () => {
    expect(await purchasesSeenBy(comer)).toEqual([next]);
    for (const hidden of [during, between]) {
      expect(await findPurchase(comer, hidden)).toBeNull();
      expect(await listPurchaseEvents(comer, hidden)).toEqual([]);
    }
  });

  it("nothing is sold for its meter while the unit is vacant", async () => {
    const { scope, meterId } = shop.meter;
    const asked = { meterId, amountText: "29", channel: "web", now: KNOWN } as const;
    const answer = await openPurchase(scope, {
      ...asked,
      requestKey: newId(),
      addressKey: newId(),
    });
    expect(answer).toEqual({ ok: false, error: { code: "meter-not-in-use" } });
  });
});
