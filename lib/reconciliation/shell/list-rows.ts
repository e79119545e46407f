import type { ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import type { BuildingFacts } from "@/lib/property";
import {
  ENERGY_FIGURES,
  type EnergyFigure,
  type Figure,
  figureOfKind,
  MONEY_FIGURES,
  type MoneyFigure,
} from "../core/figures";
import { listBooked } from "./booked";
import { listPlaces } from "./places";
import { type Asked, inSpan, type Span } from "./span";
import { listEnergyDays, listSupplyDays } from "./use-days";

/** What a figure is made of, one line of it. Null is what the figure does not have. */
export type FigureRow = {
  readonly figure: Figure;
  readonly key: string;
  readonly day: string | null;
  readonly at: Date | null;
  readonly unitId: string | null;
  readonly unitLabel: string | null;
  /** Of a day of the supply: whose readings it rests on. */
  readonly meterId: string | null;
  /** A purchase, or an approved issue of energy; a meter of a day of the supply. */
  readonly reference: string | null;
  readonly isPurchase: boolean;
  readonly energyWh: bigint | null;
  readonly amountMinor: bigint | null;
  /** Of a unit: what was sold to it meanwhile. */
  readonly soldWh: bigint | null;
  readonly measuredDays: number;
  readonly estimatedDays: number;
  readonly missingDays: number;
  readonly basisAt: Date | null;
};

export type FigureRows = {
  readonly rows: readonly FigureRow[];
  readonly count: number;
  readonly energyWh: bigint;
  readonly amountMinor: bigint;
};

const EMPTY_ROW = {
  day: null,
  at: null,
  unitId: null,
  unitLabel: null,
  meterId: null,
  reference: null,
  isPurchase: false,
  energyWh: null,
  amountMinor: null,
  soldWh: null,
  measuredDays: 0,
  estimatedDays: 0,
  missingDays: 0,
  basisAt: null,
} as const;

type Page = { readonly skip: number; readonly take: number };

type Found = {
  readonly building: BuildingFacts;
  readonly span: Span;
  readonly value: FigureRows;
};

/**
 * The rows that a figure is made of, a page of them, with the sum over all. Null as `findSheet`.
 */
export function listRows(
  scope: OrgScope,
  asked: Asked & Page & { readonly figure: Figure },
): Promise<Found | null> {
  const { figure, skip, take } = asked;
  return inSpan(scope, asked, async (tx, span) => {
    const energy = ENERGY_FIGURES.find((one) => one === figure);
    if (energy) return paged(await energyRows(tx, span, energy), { skip, take });
    const money = MONEY_FIGURES.find((one) => one === figure);
    return bookedRows(tx, span, { figure: money ?? null, skip, take });
  });
}

/** More than a building's month has; a file that is not whole would be a wrong one. */
const MOST_ROWS = 100_000;

/** Every row of every figure, for a file: summed by figure it is the sheet. */
export async function listAllRows(
  scope: OrgScope,
  asked: Asked,
): Promise<{ readonly building: BuildingFacts; readonly rows: readonly FigureRow[] } | null> {
  const found = await inSpan(scope, asked, async (tx, span) => {
    const rows: FigureRow[] = [];
    for (const figure of ENERGY_FIGURES) rows.push(...(await energyRows(tx, span, figure)));
    const booked = await bookedRows(tx, span, { figure: null, skip: 0, take: MOST_ROWS });
    return [...rows, ...booked.rows];
  });
  return found && { building: found.building, rows: found.value };
}

async function energyRows(
  tx: ScopedTx,
  span: Span,
  figure: EnergyFigure,
): Promise<readonly FigureRow[]> {
  if (figure === "supplied") return supplyRows(tx, span);
  if (figure === "unexplained") return dayRows(tx, span);
  const places = await listPlaces(tx, span);
  return places
    .filter(({ kind }) => figureOfKind(kind) === figure)
    .map((place) => ({
      ...EMPTY_ROW,
      figure,
      key: place.unitId,
      unitId: place.unitId,
      unitLabel: place.label,
      energyWh: place.usedWh,
      soldWh: place.soldWh,
      measuredDays: place.measuredDays,
      estimatedDays: place.estimatedDays,
      missingDays: place.missingDays,
      basisAt: place.basisAt,
    }));
}

async function supplyRows(tx: ScopedTx, span: Span): Promise<readonly FigureRow[]> {
  const days = await listSupplyDays(tx, span);
  return days.map((one) => ({
    ...EMPTY_ROW,
    figure: "supplied",
    key: `${one.day} ${one.meterId}`,
    day: one.day,
    unitId: one.unitId,
    unitLabel: one.unitLabel,
    meterId: one.meterId,
    reference: one.meterNumber,
    energyWh: one.usedWh,
    measuredDays: one.isMeasured ? 1 : 0,
    estimatedDays: one.isMeasured ? 0 : 1,
    basisAt: one.basisAt,
  }));
}

/** Day by day what came in less what was used; none where no supply meter tells. */
async function dayRows(tx: ScopedTx, span: Span): Promise<readonly FigureRow[]> {
  if ((await listSupplyDays(tx, span)).length === 0) return [];
  const days = await listEnergyDays(tx, span);
  return days.map((one) => ({
    ...EMPTY_ROW,
    figure: "unexplained",
    key: one.day,
    day: one.day,
    energyWh: one.suppliedWh - one.usedWh - one.commonWh,
    measuredDays: one.isMeasured ? 1 : 0,
    estimatedDays: one.isMeasured ? 0 : 1,
  }));
}

function paged(rows: readonly FigureRow[], { skip, take }: Page): FigureRows {
  return {
    rows: rows.slice(skip, skip + take),
    count: rows.length,
    energyWh: rows.reduce((sum, { energyWh }) => sum + (energyWh ?? 0n), 0n),
    amountMinor: 0n,
  };
}

async function bookedRows(
  tx: ScopedTx,
  span: Span,
  wanted: Page & { readonly figure: MoneyFigure | null },
): Promise<FigureRows> {
  const booked = await listBooked(tx, span, wanted);
  const [first] = booked;
  const rows = booked.flatMap((one): readonly FigureRow[] => {
    const figure = MONEY_FIGURES.find((known) => known === one.figure);
    if (!figure || one.id === null) return [];
    const { id, at, unitId, unitLabel, isPurchase, amountMinor, energyWh } = one;
    const hasEnergy = figure === "sold" || figure === "free";
    return [
      {
        ...EMPTY_ROW,
        ...{ figure, at, unitId, unitLabel, isPurchase, amountMinor },
        key: `${figure} ${id}`,
        reference: id,
        energyWh: hasEnergy ? energyWh : null,
      },
    ];
  });
  return {
    rows,
    count: first?.allCount ?? 0,
    energyWh: first?.allWh ?? 0n,
    amountMinor: first?.allMinor ?? 0n,
  };
}
