/** The figures of a sheet, in their order: energy first, then money. Each opens to its rows. */
export const ENERGY_FIGURES = ["supplied", "used", "common", "unexplained"] as const;
/** Sold and free carry energy and money. */
export const MONEY_FIGURES = [
  "received",
  "sold",
  "account",
  "refunded",
  "open",
  "difference",
  "free",
] as const;
export const FIGURES = [...ENERGY_FIGURES, ...MONEY_FIGURES] as const;

export type EnergyFigure = (typeof ENERGY_FIGURES)[number];
export type MoneyFigure = (typeof MONEY_FIGURES)[number];
export type Figure = (typeof FIGURES)[number];

/** Null for a word that is no figure. */
export function parseFigure(text: string): Figure | null {
  return FIGURES.find((figure) => figure === text) ?? null;
}

/** Of the energy figures: what a kind of unit counts towards. */
export function figureOfKind(kind: string): Exclude<EnergyFigure, "unexplained"> {
  if (kind === "intake") return "supplied";
  return kind === "common" ? "common" : "used";
}

/** What is known of a unit in the month. */
export type PlaceOfMonth = {
  readonly unitId: string;
  readonly label: string;
  readonly kind: string;
  readonly usedWh: bigint;
  readonly soldWh: bigint;
  readonly soldCount: number;
  /** Days that are over and on which an electricity meter hung here from first to last. */
  readonly meteredDays: number;
  /** Of these, those of which no reading tells. */
  readonly missingDays: number;
  /** Days with use that is estimated, at least of one meter. */
  readonly estimatedDays: number;
  readonly measuredDays: number;
  /** The newest reading that the figure stands on. */
  readonly basisAt: Date | null;
};

export type EnergySide = {
  /** Null where no supply meter tells of the month: then nothing can be compared. */
  readonly suppliedWh: bigint | null;
  readonly usedWh: bigint;
  readonly commonWh: bigint;
  readonly unexplainedWh: bigint | null;
  readonly soldWh: bigint;
};

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, one) => all + one, 0n);

/** What was supplied, and where it went. */
export function energySide(places: readonly PlaceOfMonth[]): EnergySide {
  const of = (figure: EnergyFigure) => places.filter(({ kind }) => figureOfKind(kind) === figure);
  const used = (figure: EnergyFigure) => sum(of(figure).map(({ usedWh }) => usedWh));
  const isKnown = of("supplied").some((one) => one.measuredDays + one.estimatedDays > 0);
  const suppliedWh = isKnown ? used("supplied") : null;
  const usedWh = used("used");
  const commonWh = used("common");
  return {
    suppliedWh,
    usedWh,
    commonWh,
    unexplainedWh: suppliedWh === null ? null : suppliedWh - usedWh - commonWh,
    soldWh: sum(places.map(({ soldWh }) => soldWh)),
  };
}

export type Amount = {
  readonly amountMinor: bigint;
  readonly energyWh: bigint;
  readonly count: number;
};
export type MoneySide = Readonly<Record<MoneyFigure, Amount>>;

const NOTHING: Amount = { amountMinor: 0n, energyWh: 0n, count: 0 };

/** The money of a month by figure; none where nothing was booked. */
export function moneySide(sums: readonly (Amount & { readonly figure: string })[]): MoneySide {
  const found = new Map(
    sums.map(({ figure, amountMinor, energyWh, count }) => [
      figure,
      { amountMinor, energyWh, count },
    ]),
  );
  const of = (figure: MoneyFigure) => found.get(figure) ?? NOTHING;
  return {
    received: of("received"),
    sold: of("sold"),
    account: of("account"),
    refunded: of("refunded"),
    open: of("open"),
    difference: of("difference"),
    free: of("free"),
  };
}
