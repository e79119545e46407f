/** Does work again and again in so many lanes beside each other, each until its work says false. */
export async function inLanes(lanes: number, work: () => Promise<boolean>): Promise<void> {
  const lane = async () => {
    while (await work()) {
      // The work itself is the loop.
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

export type Timed = { readonly perSecond: number; readonly timesMs: readonly number[] };

/** Does something with each item, so many at once; gives the rate and what each took. */
export async function timeEach<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<unknown>,
): Promise<Timed> {
  const next = items.values();
  const timesMs: number[] = [];
  const start = performance.now();
  await inLanes(lanes, async () => {
    const { value, done } = next.next();
    if (done) return false;
    const began = performance.now();
    await work(value);
    timesMs.push(performance.now() - began);
    return true;
  });
  const seconds = (performance.now() - start) / 1_000;
  return { perSecond: items.length / seconds, timesMs };
}
