import { assert, err, ok, type Result } from "@/lib/kernel";
import { type Bought, boughtWithin, type Quantity, type RegisterValue } from "./reading";

export type UsageFault = "lower-than-before" | "more-than-bought";

/**
 * What was used between two readings of one quantity. A register's difference; of a one-way meter
 * (DESIGN §7) what remained before, and what was bought since, less what remains after. Refused
 * where that is below nothing: a register that rolled over is not told from one that was misread.
 */
export function usageBetween(
  before: RegisterValue,
  after: RegisterValue,
  meter: { readonly quantity: Quantity; readonly bought: readonly Bought[] },
): Result<bigint, UsageFault> {
  assert(after.at > before.at, "use lies between two instants, the earlier first");
  if (meter.quantity === "register") {
    const used = after.value - before.value;
    return used < 0n ? err("lower-than-before") : ok(used);
  }
  const held = before.value + boughtWithin(meter.bought, before.at, after.at);
  return after.value > held ? err("more-than-bought") : ok(held - after.value);
}

/** Use between two readings; null where they contradict each other: a gap, and nothing invented. */
export type UsageSpan = {
  readonly from: Date;
  readonly to: Date;
  readonly used: bigint | null;
};

/** The spans between readings, which come in ascending order, each instant once. */
export function spansOf(
  readings: readonly RegisterValue[],
  meter: { readonly quantity: Quantity; readonly bought: readonly Bought[] },
): readonly UsageSpan[] {
  return readings.slice(1).map((after, index) => {
    const before = readings[index];
    assert(before !== undefined, "every reading but the first has one before it");
    const used = usageBetween(before, after, meter);
    return { from: before.at, to: after.at, used: used.ok ? used.value : null };
  });
}
