import type { Neighbours } from "./judge-reading";
import type { RegisterValue } from "./reading";

/**
 * What stands next to an instant among readings in ascending order. Of several for one instant the
 * last of them counts.
 */
export function neighboursAt(known: readonly RegisterValue[], at: Date): Neighbours {
  const first = placeOf(known, at.getTime());
  const next = placeOf(known, at.getTime() + 1);
  return {
    before: viewOf(known[first - 1]),
    same: next > first ? viewOf(known[next - 1]) : null,
    after: viewOf(known[next]),
  };
}

const viewOf = (reading: RegisterValue | undefined): RegisterValue | null =>
  reading ? { at: reading.at, value: reading.value } : null;

/** How many readings are earlier than an instant, halving the list each time. */
function placeOf(known: readonly RegisterValue[], atMs: number): number {
  let low = 0;
  let high = known.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const reading = known[middle];
    if (reading && reading.at.getTime() < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
