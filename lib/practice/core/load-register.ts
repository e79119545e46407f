/** What a practice meter counts with: energy left, and what its load draws from it. */
export type LoadRegister = {
  readonly remainingWh: bigint;
  readonly loadWatt: number;
  readonly isLoadOn: boolean;
  /** Up to when `remainingWh` has been counted. */
  readonly countedAt: Date;
};

const HOUR_MS = 3_600_000n;

/**
 * Counts the load down to an instant. Only whole watt-hours are taken, and `countedAt` moves by the
 * time those took (to the millisecond, rounded up), so that counting often takes no more than
 * counting once. At nothing left the supply is cut and no time is owed. A clock that steps back
 * changes nothing.
 */
export function countDown(register: LoadRegister, now: Date): LoadRegister {
  const elapsedMs = BigInt(now.getTime() - register.countedAt.getTime());
  if (elapsedMs <= 0n) return register;
  const watt = drawnWatt(register);
  if (watt === 0n) return { ...register, countedAt: now };
  const usedWh = (watt * elapsedMs) / HOUR_MS;
  if (usedWh >= register.remainingWh) return { ...register, remainingWh: 0n, countedAt: now };
  return {
    ...register,
    remainingWh: register.remainingWh - usedWh,
    countedAt: after(register.countedAt, durationMs(usedWh, watt)),
  };
}

/**
 * Sets the load at an instant. What was drawn since the last whole watt-hour is forgiven, less than
 * one each time the load really changes; saying the same again changes nothing.
 */
export function changeLoad(
  register: LoadRegister,
  load: { readonly isLoadOn: boolean; readonly loadWatt: number },
  now: Date,
): LoadRegister {
  const counted = countDown(register, now);
  const isSame = counted.isLoadOn === load.isLoadOn && counted.loadWatt === load.loadWatt;
  return isSame ? counted : { ...counted, ...load, countedAt: now };
}

/** When the supply will be cut if nothing changes; null while nothing is drawn. */
export function runsOutAt(register: LoadRegister): Date | null {
  const watt = drawnWatt(register);
  if (watt === 0n) return null;
  return after(register.countedAt, durationMs(register.remainingWh, watt));
}

function drawnWatt({ isLoadOn, loadWatt, remainingWh }: LoadRegister): bigint {
  return isLoadOn && remainingWh > 0n ? BigInt(loadWatt) : 0n;
}

function durationMs(energyWh: bigint, watt: bigint): bigint {
  return (energyWh * HOUR_MS + watt - 1n) / watt;
}

function after(instant: Date, durationInMs: bigint): Date {
  return new Date(instant.getTime() + Number(durationInMs));
}
