import type { ScopedTx } from "@/lib/access";
import { assert } from "@/lib/kernel";
import type { CurrencyCode } from "@/lib/money";
import { civilDayAt, startOfCivilDay } from "@/lib/property";
import { dayAfter, monthStartAfter } from "@/lib/property/shared";
import { fixedDue, type TariffVersionInForce } from "@/lib/tariffs";
import type { Basis, ChargeDue, QuoteFigures } from "../core/quote";
import { requireCurrency } from "./pricing";

/** Whose price: the occupancy that carries money and watt-hours, the lease that owes arrears. */
export type Payer = { readonly occupancyId: string; readonly leaseId: string | null };

/** What stands of a payer before any price: the wallet, the month so far, what is owed and due. */
export type Standing = {
  readonly timeZone: string;
  readonly currency: CurrencyCode;
  readonly heldSince: string;
  readonly balanceMinor: bigint;
  readonly carriedWh: bigint;
  readonly month: string | null;
  readonly monthWh: bigint;
  readonly arrearsMinor: bigint;
  readonly charges: readonly ChargeDue[];
};

type Row = Omit<Standing, "charges" | "currency"> & {
  readonly occupancyId: string;
  readonly currency: string;
  readonly charges: readonly (Omit<ChargeDue, "dueMinor"> & { readonly dueMinor: string })[];
};

/** What a price at a version stands on now, in one statement. */
export async function readBasis(
  tx: ScopedTx,
  of: Payer & { readonly version: TariffVersionInForce; readonly now: Date },
): Promise<Basis> {
  const standings = await readStandings(tx, [of]);
  const standing = standings.get(of.occupancyId);
  assert(standing, "an occupancy has a wallet");
  return basisOf(standing, of.version, of.now);
}

/** Where payers stand, by occupancy, in one statement for all of them. */
export async function readStandings(
  tx: ScopedTx,
  payers: readonly Payer[],
): Promise<Map<string, Standing>> {
  const { organizationId } = tx.scope;
  const occupancyIds = payers.map(({ occupancyId }) => occupancyId);
  const leaseIds = payers.map(({ leaseId }) => leaseId);
  const rows = await tx.db.$queryRaw<Row[]>`
    SELECT w.occupancy_id AS "occupancyId", b.time_zone AS "timeZone", w.currency,
      (o.starts_at AT TIME ZONE b.time_zone)::date::text AS "heldSince",
      w.balance_minor AS "balanceMinor", w.carried_wh AS "carriedWh", w.month::text,
      w.month_wh AS "monthWh", coalesce(a.due_minor, 0) AS "arrearsMinor",
      coalesce((SELECT jsonb_agg(jsonb_build_object('code', c.code,
          'dueMinor', c.due_minor::text, 'raisedOn', c.raised_on::text))
        FROM occupancy_charge c WHERE c.organization_id = w.organization_id
          AND c.occupancy_id = w.occupancy_id), '[]') AS charges
    FROM unnest(${occupancyIds}::uuid[], ${leaseIds}::uuid[]) payer (occupancy_id, lease_id)
    JOIN wallet w ON w.organization_id = ${organizationId}::uuid
      AND w.occupancy_id = payer.occupancy_id
    JOIN occupancy o ON o.organization_id = w.organization_id AND o.id = w.occupancy_id
    JOIN unit u ON u.organization_id = w.organization_id AND u.id = o.unit_id
    JOIN building b ON b.organization_id = w.organization_id AND b.id = u.building_id
    LEFT JOIN lease_arrears a ON a.organization_id = w.organization_id
      AND a.lease_id = payer.lease_id`;
  return new Map(rows.map(({ occupancyId, ...row }) => [occupancyId, standingOf(row)]));
}

function standingOf({ charges, ...row }: Omit<Row, "occupancyId">): Standing {
  const due = charges.map((charge) => ({ ...charge, dueMinor: BigInt(charge.dueMinor) }));
  return { ...row, currency: requireCurrency(row.currency), charges: due };
}

/** The basis of a price at a version, for a payer who stands so. */
export function basisOf(standing: Standing, version: TariffVersionInForce, now: Date): Basis {
  const { timeZone, arrearsMinor } = standing;
  const today = civilDayAt(now, timeZone);
  const month = `${today.slice(0, 7)}-01`;
  const changesDaily = version.definition.fixed.some(({ per }) => per === "day");
  return {
    carriedWh: standing.carriedWh,
    walletMinor: standing.balanceMinor,
    month,
    monthBeforeWh: standing.month === month ? standing.monthWh : 0n,
    arrearsMinor,
    charges: chargesOf(standing, version, today),
    until: startOfCivilDay(changesDaily ? dayAfter(today) : monthStartAfter(today), timeZone),
  };
}

/** What is due of each charge of the version today; of a new one, since it could be charged. */
function chargesOf(
  { timeZone, currency, heldSince, charges }: Standing,
  version: TariffVersionInForce,
  today: string,
): readonly ChargeDue[] {
  const { fixed } = version.definition;
  if (fixed.length === 0) return [];
  const startsOn = civilDayAt(version.startsAt, timeZone);
  const since = startsOn > heldSince ? startsOn : heldSince;
  return fixed.map((charge) => {
    const state = charges.find(({ code }) => code === charge.code) ?? null;
    const dueMinor = fixedDue({ charge, currency, state, since, today });
    return { code: charge.code, dueMinor, raisedOn: today };
  });
}

/** Where a payer stands once a price is taken; what stays unspent comes with its token. */
export function standingAfter(standing: Standing, figures: QuoteFigures): Standing {
  const arrears = figures.lines.find(({ code }) => code === "arrears")?.amountMinor ?? 0n;
  return {
    ...standing,
    balanceMinor: standing.balanceMinor - figures.walletMinor,
    carriedWh: figures.carriedAfterWh,
    month: figures.month,
    monthWh: figures.monthBeforeWh + figures.energyWh,
    arrearsMinor: standing.arrearsMinor - arrears,
    charges: figures.charges.map(({ code, afterMinor, raisedOn }) => ({
      code,
      dueMinor: afterMinor,
      raisedOn,
    })),
  };
}
