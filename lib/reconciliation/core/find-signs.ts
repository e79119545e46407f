/** What is known of a unit that is let, to tell whether it uses without buying. */
export type Watched = {
  readonly unitId: string;
  readonly label: string;
  readonly kind: string;
  /** Whether a meter that is paid before it is used hung here in the month. */
  readonly isPrepaid: boolean;
  readonly usedWh: bigint;
  readonly soldWh: bigint;
  /** Used on days of the month on which nobody held the unit or a bed of it. */
  readonly vacantWh: bigint;
  /** Used in the month and the two before. */
  readonly usedQuarterWh: bigint;
  /** Sold and given in the month and the two before, and in the five before. */
  readonly vendedQuarterWh: bigint;
  readonly vendedHalfYearWh: bigint;
  /** The newest purchase of the half year. */
  readonly lastSoldAt: Date | null;
};

/** Why somebody should look at a room, with the figures it was reckoned from. */
export type Sign = { readonly unitId: string; readonly label: string } & (
  | { readonly kind: "more-than-vended"; readonly usedWh: bigint; readonly vendedWh: bigint }
  | { readonly kind: "stopped-buying"; readonly usedWh: bigint; readonly lastSoldAt: Date }
  | { readonly kind: "used-while-vacant"; readonly usedWh: bigint }
);

const LET = ["flat", "room", "shop"];
/** A clock on a stove is nothing to look for: a kilowatt-hour is. */
const LEAST_VACANT_WH = 1_000n;

/**
 * Rooms that use without buying. More used in a quarter than was ever vended in the half year up to
 * its end: what was in store before cannot explain that, a credit bought elsewhere or a way around
 * the meter does. Purchases that stopped, though the quarter's use is more than the quarter's
 * purchases. And use while nobody lives there.
 */
export function findSigns(watched: readonly Watched[]): readonly Sign[] {
  return watched.filter(({ kind }) => LET.includes(kind)).flatMap(signsOf);
}

function signsOf(unit: Watched): readonly Sign[] {
  const { unitId, label, isPrepaid, usedQuarterWh, vendedHalfYearWh, lastSoldAt } = unit;
  const which = { unitId, label };
  const signs: Sign[] = [];
  if (isPrepaid && usedQuarterWh > vendedHalfYearWh) {
    const facts = { usedWh: usedQuarterWh, vendedWh: vendedHalfYearWh };
    signs.push({ ...which, kind: "more-than-vended", ...facts });
  } else if (isPrepaid && lastSoldAt !== null && hasStopped(unit)) {
    signs.push({ ...which, kind: "stopped-buying", usedWh: unit.usedWh, lastSoldAt });
  }
  if (unit.vacantWh >= LEAST_VACANT_WH) {
    signs.push({ ...which, kind: "used-while-vacant", usedWh: unit.vacantWh });
  }
  return signs;
}

function hasStopped({ soldWh, usedWh, usedQuarterWh, vendedQuarterWh }: Watched): boolean {
  return soldWh === 0n && usedWh > 0n && usedQuarterWh > vendedQuarterWh;
}
