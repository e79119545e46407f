import { inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import type { CurrencyCode } from "@/lib/money";
import { isId } from "@/lib/platform";
import { formatReceiptNumber } from "@/lib/vending";
import { type MovementKind, parseMovementKind, type ShiftSums, sumShift } from "../core/shift-sums";
import { requireCurrency } from "./desks";

type ShiftState = "open" | "counted" | "closed";

export type ShiftRow = {
  readonly id: string;
  readonly number: number;
  readonly desk: { readonly id: string; readonly name: string; readonly number: number };
  readonly currency: CurrencyCode;
  readonly userId: string;
  readonly state: ShiftState;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly expectedMinor: bigint | null;
  readonly countedMinor: bigint | null;
};

export type MovementView = {
  readonly id: string;
  readonly number: number;
  readonly kind: MovementKind;
  readonly amountMinor: bigint;
  readonly at: Date;
  readonly byUser: string;
  readonly note: string;
  readonly tenderedMinor: bigint | null;
  readonly purchase: {
    readonly id: string;
    readonly status: string;
    readonly unitLabel: string;
    readonly receiptNumber: string | null;
  } | null;
};

export type ShiftView = ShiftRow & {
  readonly closedBy: string | null;
  readonly reason: string | null;
  readonly refundLimitMinor: bigint | null;
  readonly movements: readonly MovementView[];
  readonly sums: ShiftSums;
  readonly counts: readonly {
    readonly number: number;
    readonly at: Date;
    readonly byUser: string;
    readonly totalMinor: bigint;
  }[];
};

const ROW = {
  id: true,
  number: true,
  userId: true,
  state: true,
  openedAt: true,
  closedAt: true,
  expectedMinor: true,
  countedMinor: true,
  desk: {
    select: { id: true, name: true, number: true, currency: true, refundLimitMinor: true },
  },
} as const;

const WHOLE = {
  ...ROW,
  closedBy: true,
  reason: true,
  counts: {
    select: { number: true, at: true, byUser: true, totalMinor: true },
    orderBy: { number: "asc" },
  },
  movements: {
    select: {
      id: true,
      number: true,
      kind: true,
      amountMinor: true,
      at: true,
      byUser: true,
      note: true,
      tenderedMinor: true,
      purchase: {
        select: {
          id: true,
          status: true,
          receiptSeries: true,
          receiptNumber: true,
          unit: { select: { label: true } },
        },
      },
    },
    orderBy: { number: "asc" },
  },
} as const;

/** Everybody's shifts for who answers for the desks; one's own for all others. */
const seen = ({ organizationId, userId, permissions }: OrgScope) => ({
  organizationId,
  ...(permissions.includes("desk:manage") ? {} : { userId }),
});

/** The shifts that the scope may look at, those not closed and the newest first. */
export function listShifts(
  scope: OrgScope,
  { take, skip = 0 }: { readonly take: number; readonly skip?: number },
): Promise<readonly ShiftRow[]> {
  return inScope(scope, async (tx) => {
    const rows = await tx.db.deskShift.findMany({
      where: seen(scope),
      select: ROW,
      orderBy: [{ openedAt: "desc" }, { id: "desc" }],
      take,
      skip,
    });
    return rows.map(rowOf);
  });
}

/** The shift that is not closed of who asks; null for none. */
export function findOwnShift(scope: OrgScope): Promise<ShiftView | null> {
  const { organizationId, userId } = scope;
  return find(scope, { organizationId, userId, state: { not: "closed" } });
}

/** A shift with everything that is written down of it; null for one that is not theirs to see. */
export async function findShift(scope: OrgScope, shiftId: string): Promise<ShiftView | null> {
  return isId(shiftId) ? find(scope, { ...seen(scope), id: shiftId }) : null;
}

type Where = { readonly organizationId: string; readonly id?: string } & Readonly<
  Record<string, unknown>
>;

function find(scope: OrgScope, where: Where): Promise<ShiftView | null> {
  return inScope(scope, async (tx) => {
    const row = await tx.db.deskShift.findFirst({ where, select: WHOLE });
    if (!row) return null;
    const { closedBy, reason, counts } = row;
    const movements = row.movements.map(movementOf);
    return {
      ...rowOf(row),
      ...{ closedBy, reason, counts, movements },
      refundLimitMinor: row.desk.refundLimitMinor,
      sums: sumShift(movements),
    };
  });
}

type StoredRow = Omit<ShiftRow, "currency" | "state" | "desk"> & {
  readonly state: string;
  readonly desk: ShiftRow["desk"] & { readonly currency: string };
};

function rowOf(row: StoredRow): ShiftRow {
  const { id, number, userId, openedAt, closedAt, expectedMinor, countedMinor, desk } = row;
  return {
    ...{ id, number, userId, openedAt, closedAt, expectedMinor, countedMinor },
    state: row.state as ShiftState,
    desk: { id: desk.id, name: desk.name, number: desk.number },
    currency: requireCurrency(desk.currency),
  };
}

type StoredMovement = Omit<MovementView, "kind" | "purchase"> & {
  readonly kind: string;
  readonly purchase: {
    readonly id: string;
    readonly status: string;
    readonly receiptSeries: string | null;
    readonly receiptNumber: bigint | null;
    readonly unit: { readonly label: string };
  } | null;
};

function movementOf({ purchase, ...row }: StoredMovement): MovementView {
  const kind = parseMovementKind(row.kind);
  assert(kind, "the database keeps the kinds of movements");
  return {
    ...row,
    kind,
    purchase: purchase && {
      id: purchase.id,
      status: purchase.status,
      unitLabel: purchase.unit.label,
      receiptNumber:
        purchase.receiptSeries && purchase.receiptNumber
          ? formatReceiptNumber(purchase.receiptSeries, purchase.receiptNumber)
          : null,
    },
  };
}
