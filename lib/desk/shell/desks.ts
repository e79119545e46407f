import { z } from "zod";
import { buildingsOf, callScopedIn, inScope, recordAudit, type ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { type CurrencyCode, parseCurrencyCode } from "@/lib/money";
import { isId, newId } from "@/lib/platform";
import type { CreateDeskError, EndDeskError } from "../errors";

export type DeskView = {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly refundLimitMinor: bigint | null;
  /** The buildings it sells for; none for all. */
  readonly buildings: readonly { readonly id: string; readonly name: string }[];
  /** The shift that is not closed. */
  readonly shift: { readonly id: string; readonly userId: string; readonly openedAt: Date } | null;
};

/** A stored currency is one we know: a desk was made with one. */
export function requireCurrency(text: string): CurrencyCode {
  const currency = parseCurrencyCode(text);
  assert(currency.ok, "a desk has a currency we know");
  return currency.value;
}

const MOST_DESKS = 200;

/** The desks in use, in their order; of who is limited to buildings those that sell for one. */
export function listDesks(scope: OrgScope): Promise<readonly DeskView[]> {
  const { organizationId } = scope;
  const within = buildingsOf(scope);
  return inScope(scope, async (tx) => {
    const rows = await tx.db.desk.findMany({
      where: {
        organizationId,
        closedAt: null,
        ...(within
          ? {
              OR: [
                { buildings: { none: {} } },
                { buildings: { some: { buildingId: { in: [...within] } } } },
              ],
            }
          : {}),
      },
      select: {
        id: true,
        number: true,
        name: true,
        currency: true,
        refundLimitMinor: true,
        buildings: { select: { building: { select: { id: true, name: true } } } },
        shifts: {
          where: { state: { not: "closed" } },
          select: { id: true, userId: true, openedAt: true },
          take: 1,
        },
      },
      orderBy: { number: "asc" },
      take: MOST_DESKS,
    });
    return rows.map(({ buildings, shifts, currency, ...desk }) => ({
      ...desk,
      currency: requireCurrency(currency),
      buildings: buildings.map(({ building }) => building),
      shift: shifts[0] ?? null,
    }));
  });
}

type NewDesk = {
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly buildingIds: readonly string[];
  readonly refundLimitMinor: bigint | null;
  readonly now: Date;
};

// Each round lets one other desk take a number first.
const MOST_ROUNDS = 20;

/** Adds a desk with the next number. A desk for chosen buildings has their currency. */
export function createDesk(
  scope: OrgScope,
  asked: NewDesk,
): Promise<Result<{ readonly deskId: string }, CreateDeskError>> {
  const name = asked.name.trim();
  const { organizationId, userId } = scope;
  return inScope(scope, async (tx): Promise<Result<{ deskId: string }, CreateDeskError>> => {
    if (name === "" || name.length > 60) return err("name-invalid");
    const fault = await faultOfBuildings(tx, asked);
    if (fault) return err(fault);
    const { currency, refundLimitMinor, now } = asked;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const id = newId();
      const number = (await tx.db.desk.count({ where: { organizationId } })) + 1;
      const row = { organizationId, id, number, name, currency, refundLimitMinor };
      const made = await tx.db.desk.createMany({
        data: [{ ...row, createdAt: now, createdBy: userId }],
        skipDuplicates: true,
      });
      if (made.count === 0) continue;
      await tx.db.deskBuilding.createMany({
        data: asked.buildingIds.map((buildingId) => ({ organizationId, deskId: id, buildingId })),
      });
      const detail = { name, number };
      await recordAudit(tx, {
        ...{ at: now, action: "desk.created", subjectKind: "desk", subjectId: id, detail },
      });
      return ok({ deskId: id });
    }
    assert(false, "a desk found no number");
  });
}

async function faultOfBuildings(
  tx: ScopedTx<OrgScope>,
  { buildingIds, currency }: NewDesk,
): Promise<CreateDeskError | null> {
  const { organizationId } = tx.scope;
  if (!buildingIds.every(isId)) return "building-not-found";
  const found = await tx.db.building.findMany({
    where: { organizationId, id: { in: [...buildingIds] } },
    select: { currency: true },
  });
  if (found.length !== new Set(buildingIds).size) return "building-not-found";
  return found.every((one) => one.currency === currency) ? null : "building-other-currency";
}

const endedForm = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("ended"), name: z.string() }),
  z.object({ outcome: z.enum(["known", "desk-not-found", "desk-taken"]) }),
]);

/** Takes a desk out of use; its shifts stay. Refused while somebody is at it. */
export function endDesk(
  scope: OrgScope,
  { deskId, now }: { readonly deskId: string; readonly now: Date },
): Promise<Result<null, EndDeskError>> {
  return inScope(scope, async (tx): Promise<Result<null, EndDeskError>> => {
    if (!isId(deskId)) return err("desk-not-found");
    const answer = endedForm.parse(await callScopedIn(tx, "desk_end", { deskId, now }));
    if (answer.outcome === "known") return ok(null);
    if (answer.outcome !== "ended") return err(answer.outcome);
    await recordAudit(tx, {
      at: now,
      action: "desk.ended",
      subjectKind: "desk",
      subjectId: deskId,
      detail: { name: answer.name },
    });
    return ok(null);
  });
}
