import type { OrgScope } from "@/lib/access/shared";
import { createDesk, openShift } from "@/lib/desk";
import { newId } from "@/lib/platform";
import { granted } from "./granted";
import { makeMember } from "./member";
import type { Shop } from "./shop";

/** A desk of a shop, somebody at it with 1,000.00 in the drawer, and who answers for the desks. */
export type Counter = {
  readonly deskId: string;
  readonly shiftId: string;
  readonly cashier: OrgScope;
  readonly manager: OrgScope;
};

/** For database tests: opens a desk of the shop and a shift of a new cashier at it. */
export async function openCounter(
  shop: Shop,
  now: Date,
  refundLimitMinor: bigint | null = null,
): Promise<Counter> {
  const { organizationId } = shop.meter.scope;
  const [manager, cashier] = await Promise.all([
    makeMember(organizationId, { role: "administrator", permission: "desk:manage", now }),
    makeMember(organizationId, { role: "cashier", permission: "desk:sell", now }),
  ]);
  const asked = {
    name: "Office",
    currency: "KES",
    buildingIds: [],
    refundLimitMinor,
    now,
  } as const;
  const { deskId } = granted(await createDesk(manager, asked));
  const shiftId = newId();
  granted(await openShift(cashier, { id: shiftId, deskId, floatMinor: 100_000n, now }));
  return { deskId, shiftId, cashier, manager };
}
