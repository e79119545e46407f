import { MEASURED_FOR_MS } from "./estimate-credit";
import type { Estimate } from "./estimate-remaining";

/** What was last worked out of a unit's credit, and when. */
export type StoredCredit = {
  readonly basis: "measured" | "estimated" | "unknown";
  readonly basisAt: Date | null;
  readonly asOf: Date;
  readonly remainingWh: bigint;
  readonly dailyUseWh: bigint;
};

const DAY_MS = 86_400_000n;

/** What is left of it at an instant if use has gone on; never less than nothing. */
export function creditAt(stored: StoredCredit, now: Date): Estimate {
  const { basis, basisAt, asOf, remainingWh, dailyUseWh } = stored;
  if (basis === "unknown") return { basis };
  const passedMs = BigInt(Math.max(0, now.getTime() - asOf.getTime()));
  const usedWh = (dailyUseWh * passedMs) / DAY_MS;
  const left = remainingWh > usedWh ? remainingWh - usedWh : 0n;
  const daysLeft = dailyUseWh > 0n ? Number(left / dailyUseWh) : Number.MAX_SAFE_INTEGER;
  // What was measured is called so for three days after its reading, also while nobody reads.
  const isYoung = basisAt !== null && now.getTime() - basisAt.getTime() <= MEASURED_FOR_MS;
  const told = basis === "measured" && !isYoung ? "estimated" : basis;
  return { basis: told, basisAt, remainingWh: left, dailyUseWh, daysLeft };
}

/** When it runs out if use goes on; null while nothing is known of its use. */
export function runsOutAt(stored: StoredCredit): Date | null {
  const { basis, asOf, remainingWh, dailyUseWh } = stored;
  if (basis === "unknown" || dailyUseWh === 0n) return null;
  const lastsMs = (remainingWh * DAY_MS) / dailyUseWh;
  const most = 100n * 366n * DAY_MS;
  return new Date(asOf.getTime() + Number(lastsMs < most ? lastsMs : most));
}
