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

/** So long a bought token may lie on a slip before somebody types it in. */
export const TYPED_WITHIN_MS = 14 * 86_400_000;

/**
 * Whether more remains than was left and bought only because a token that was bought before the
 * first of two readings was typed in after it.
 */
export function isTypedLate(
  before: RegisterValue,
  after: RegisterValue,
  meter: { readonly quantity: Quantity; readonly bought: readonly Bought[] },
): boolean {
  if (meter.quantity !== "remaining") return false;
  const waitedSince = new Date(before.at.getTime() - TYPED_WITHIN_MS);
  const held = before.value + boughtWithin(meter.bought, waitedSince, after.at);
  return after.value <= held;
}

/** Use between two readings; null where they contradict each other: a gap, and nothing invented. */
export type UsageSpan = {
  readonly from: Date;
  readonly to: Date;
  readonly used: bigint | null;
};

/**
 * The spans between readings, which come in ascending order, each instant once. Where a token was
 * typed in late, what seemed used before it was not: that span and the one before it are one.
 */
export function spansOf(
  readings: readonly RegisterValue[],
  meter: { readonly quantity: Quantity; readonly bought: readonly Bought[] },
): readonly UsageSpan[] {
  const spans: (UsageSpan & { readonly start: RegisterValue })[] = [];
  for (const [index, after] of readings.slice(1).entries()) {
    const before = readings[index];
    assert(before !== undefined, "every reading but the first has one before it");
    const used = usageBetween(before, after, meter);
    const last = spans.at(-1);
    if (used.ok || !last || !isTypedLate(before, after, meter)) {
      spans.push(spanOf(before, after, used));
    } else {
      spans.splice(-1, 1, spanOf(last.start, after, usageBetween(last.start, after, meter)));
    }
  }
  return spans.map(({ from, to, used }) => ({ from, to, used }));
}

function spanOf(start: RegisterValue, end: RegisterValue, used: Result<bigint, UsageFault>) {
  return { start, from: start.at, to: end.at, used: used.ok ? used.value : null };
}
