import { assert } from "@/lib/kernel";
import { least } from "./exact";
import type { Rates, StepRates } from "./rates";

/** What of some energy falls in one step. */
export type Walked = {
  readonly step: StepRates;
  readonly fromWh: bigint;
  readonly energyWh: bigint;
};

const isBefore = (wh: bigint, upToWh: bigint | null) => upToWh === null || wh < upToWh;

/**
 * The most energy that some money buys, step by step from the kWh already bought this month. A
 * step that costs nothing is taken whole; it has an end, for the last step costs something.
 */
export function walkMoney(rates: Rates, monthToDateWh: bigint, leftMinor: bigint): Walked[] {
  let money = leftMinor * rates.denominator;
  let fromWh = monthToDateWh;
  const walked: Walked[] = [];
  for (const step of rates.steps) {
    if (!isBefore(fromWh, step.upToWh)) continue;
    const roomWh = step.upToWh === null ? null : step.upToWh - fromWh;
    const energyWh = mostOf(step, money, roomWh);
    walked.push({ step, fromWh, energyWh });
    if (energyWh !== roomWh) break;
    money -= energyWh * step.gross;
    fromWh += energyWh;
  }
  return walked;
}

function mostOf(step: StepRates, money: bigint, roomWh: bigint | null): bigint {
  if (step.gross === 0n) {
    assert(roomWh !== null, "the last step of a tariff costs something");
    return roomWh;
  }
  const affordable = money / step.gross;
  return roomWh === null ? affordable : least(roomWh, affordable);
}

/** The same for an energy that is given. */
export function walkEnergy(rates: Rates, monthToDateWh: bigint, wantedWh: bigint): Walked[] {
  let leftWh = wantedWh;
  let fromWh = monthToDateWh;
  const walked: Walked[] = [];
  for (const step of rates.steps) {
    if (leftWh === 0n) break;
    if (!isBefore(fromWh, step.upToWh)) continue;
    const roomWh = step.upToWh === null ? leftWh : step.upToWh - fromWh;
    const energyWh = least(roomWh, leftWh);
    walked.push({ step, fromWh, energyWh });
    leftWh -= energyWh;
    fromWh += energyWh;
  }
  return walked;
}

/** The exact cost, in minor units times the rates' denominator. */
export function costOf(walked: readonly Walked[]): bigint {
  return walked.reduce((sum, { step, energyWh }) => sum + step.gross * energyWh, 0n);
}
