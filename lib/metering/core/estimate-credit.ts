import { type Estimate, estimateRemaining, type TopUp } from "./estimate-remaining";
import { type Bought, boughtWithin, type RegisterValue } from "./reading";

/** A reading is stood on for three days; from then on what it says is called estimated. */
export const MEASURED_FOR_MS = 72 * 3_600_000;
/** Two displays of one visit. */
const ONE_VISIT_MS = 3_600_000;
const DAY_MS = 86_400_000n;

export type CreditFacts = {
  /** What the unit bought in the last 60 days, in ascending order. */
  readonly purchases: readonly TopUp[];
  /** What came onto the meter that serves it now, in ascending order. */
  readonly bought: readonly Bought[];
  /** When that meter began to serve; credit on the one before does not count. Null for none. */
  readonly servesSince: Date | null;
  /** The newest reading of the credit left on it. */
  readonly remaining: RegisterValue | null;
  /** Its readings of the energy used so far, in ascending order. */
  readonly registers: readonly RegisterValue[];
  /** Recent use for 24 hours by readings; null where too few days are known. */
  readonly dailyUseWh: bigint | null;
  readonly now: Date;
};

/**
 * What a unit's meter holds. From the newest reading of what is left, with what was bought since
 * and less what was used since, at the recent rate; from register readings and what was bought
 * where nobody read what is left; else from purchases alone. Unknown where none of them says.
 */
export function estimateCredit(facts: CreditFacts): Estimate {
  const { purchases, servesSince, now } = facts;
  const fromPurchases = estimateRemaining({ purchases, now });
  const rate = fromPurchases.basis === "unknown" ? null : fromPurchases.dailyUseWh;
  const dailyUseWh = facts.dailyUseWh ?? rate;
  const read = standing(facts);
  if (read) {
    const level = levelAt(now, { ...read, bought: facts.bought, dailyUseWh });
    const isYoung = now.getTime() - read.at.getTime() <= MEASURED_FOR_MS;
    const basis = read.isMeasured && isYoung ? "measured" : "estimated";
    return estimateOf(level, { basis, basisAt: read.at, dailyUseWh });
  }
  const isNewMeter = servesSince !== null && purchases.some(({ at }) => at < servesSince);
  if (!isNewMeter) return fromPurchases;
  if (dailyUseWh === null) return { basis: "unknown" };
  const level = levelAt(now, { at: servesSince, value: 0n, bought: facts.bought, dailyUseWh });
  return estimateOf(level, { basis: "estimated", basisAt: null, dailyUseWh });
}

type Standing = RegisterValue & { readonly isMeasured: boolean };

/** The newest level that readings give. */
function standing({ remaining, registers, bought }: CreditFacts): Standing | null {
  const last = registers.at(-1);
  if (!remaining) {
    const first = registers[0];
    if (!first || !last || first === last) return null;
    // Nobody knows what was on it at the first reading; it is taken to have been empty.
    return { ...moved(first, last, { start: 0n, bought }), isMeasured: false };
  }
  const beside = registers.findLast(
    ({ at }) => Math.abs(at.getTime() - remaining.at.getTime()) <= ONE_VISIT_MS,
  );
  if (!beside || !last || last.at <= remaining.at || last === beside) {
    return { ...remaining, isMeasured: true };
  }
  return { ...moved(beside, last, { start: remaining.value, bought }), isMeasured: true };
}

/** A level carried from one register reading to another by what was bought and used between. */
function moved(
  from: RegisterValue,
  to: RegisterValue,
  { start, bought }: { readonly start: bigint; readonly bought: readonly Bought[] },
): RegisterValue {
  const used = to.value - from.value;
  const level = start + boughtWithin(bought, from.at, to.at) - (used > 0n ? used : 0n);
  return { at: to.at, value: level > 0n ? level : 0n };
}

/** A level carried on to now: use takes away at a rate, never below nothing; purchases add. */
function levelAt(
  now: Date,
  from: RegisterValue & {
    readonly bought: readonly Bought[];
    readonly dailyUseWh: bigint | null;
  },
): bigint {
  const rate = from.dailyUseWh ?? 0n;
  let level = from.value;
  let at = from.at;
  const passTo = (next: Date) => {
    const used = (rate * BigInt(Math.max(0, next.getTime() - at.getTime()))) / DAY_MS;
    level = level > used ? level - used : 0n;
    at = next;
  };
  for (const purchase of from.bought) {
    if (purchase.at <= from.at || purchase.at > now) continue;
    passTo(purchase.at);
    level += purchase.energyWh;
  }
  passTo(now);
  return level;
}

function estimateOf(
  remainingWh: bigint,
  facts: {
    readonly basis: "measured" | "estimated";
    readonly basisAt: Date | null;
    readonly dailyUseWh: bigint | null;
  },
): Estimate {
  const dailyUseWh = facts.dailyUseWh ?? 0n;
  const daysLeft = dailyUseWh > 0n ? Number(remainingWh / dailyUseWh) : Number.MAX_SAFE_INTEGER;
  return { basis: facts.basis, basisAt: facts.basisAt, remainingWh, dailyUseWh, daysLeft };
}
