import type { Estimate } from "./estimate-remaining";

/** How a unit's window is drawn on the façade. */
export type Light = "bright" | "dim" | "dark" | "vacant" | "unknown";

/** A week: long enough to see a shop again before it gets dark. */
const DIM_DAYS = 7n;

/**
 * Bright for more than seven days of credit, dim for seven or fewer, dark for none; vacant whatever
 * the meter holds, and unknown where nothing can be estimated.
 */
export function lightOf(unit: { readonly isVacant: boolean; readonly estimate: Estimate }): Light {
  const { isVacant, estimate } = unit;
  if (isVacant) return "vacant";
  if (estimate.basis === "unknown") return "unknown";
  if (estimate.remainingWh === 0n) return "dark";
  return estimate.remainingWh > DIM_DAYS * estimate.dailyUseWh ? "bright" : "dim";
}
