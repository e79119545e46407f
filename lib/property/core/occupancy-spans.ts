/** A stretch of civil days; the end is the first day no longer held, null while none is known. */
export type LeaseDays = { readonly startsOn: string; readonly endsOn: string | null };

/**
 * When a unit is occupied: from its first lease until it stands empty, so leases that overlap (beds
 * of one room) are one stretch, and one that follows on the day another ends begins a new one.
 */
export function occupancySpans(leases: readonly LeaseDays[]): readonly LeaseDays[] {
  const spans: LeaseDays[] = [];
  for (const lease of leases.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1))) {
    const last = spans.at(-1);
    if (last && (last.endsOn === null || lease.startsOn < last.endsOn)) {
      spans[spans.length - 1] = { ...last, endsOn: later(last.endsOn, lease.endsOn) };
    } else {
      spans.push({ startsOn: lease.startsOn, endsOn: lease.endsOn });
    }
  }
  return spans;
}

function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return null;
  return one > other ? one : other;
}
