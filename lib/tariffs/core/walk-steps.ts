import type { Rates, StepRate } from "./rates";

/** What falls into one step: so many watt-hours, from a position in the month. */
export type Stretch = {
  readonly step: StepRate;
  readonly fromWh: bigint;
  readonly energyWh: bigint;
};

/** The stretches of the month's energy from a position on, step by step; the last has no end. */
function* stretchesFrom({ steps }: Rates, positionWh: bigint) {
  let fromWh = positionWh;
  for (const step of steps) {
    if (step.upToWh !== null && step.upToWh <= fromWh) continue;
    yield { step, fromWh, roomWh: step.upToWh === null ? null : step.upToWh - fromWh };
    if (step.upToWh === null) return;
    fromWh = step.upToWh;
  }
}

/** As many whole watt-hours as money buys from a position on. */
export function buyFrom(rates: Rates, positionWh: bigint, moneyMinor: bigint): readonly Stretch[] {
  const bought: Stretch[] = [];
  let money = moneyMinor * rates.scale;
  for (const { step, fromWh, roomWh } of stretchesFrom(rates, positionWh)) {
    const affordable = step.gross === 0n ? roomWh : money / step.gross;
    const energyWh = least(roomWh, affordable);
    if (energyWh > 0n) bought.push({ step, fromWh, energyWh });
    money -= energyWh * step.gross;
    if (roomWh === null || energyWh < roomWh) break;
  }
  return bought;
}

/** The exact cost of so many watt-hours from a position on, over the rates' scale. */
export function costFrom(rates: Rates, positionWh: bigint, energyWh: bigint): bigint {
  let left = energyWh;
  let cost = 0n;
  for (const { step, roomWh } of stretchesFrom(rates, positionWh)) {
    const taken = least(roomWh, left);
    cost += taken * step.gross;
    left -= taken;
    if (left === 0n) break;
  }
  return cost;
}

/** The smaller of two, where no number is no limit. */
function least(one: bigint | null, other: bigint | null): bigint {
  if (one === null) return other ?? 0n;
  return other === null || one < other ? one : other;
}
