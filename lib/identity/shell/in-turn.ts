import { availableParallelism } from "node:os";

// A password takes a core for a twentieth of a second, on purpose. Left alone, a flood of wrong
// ones takes all cores, and whoever buys power waits behind it; half are left to the others.
const AT_ONCE = Math.max(1, Math.floor(availableParallelism() / 2));

let running = 0;
const waiting: (() => void)[] = [];

/** Does the work when it is its turn, in the order of asking; gives or throws what it does. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < AT_ONCE) running += 1;
  else await new Promise<void>((go) => waiting.push(go));
  try {
    return await work();
  } finally {
    // The turn is handed on, so that nobody who comes now slips in before who waits.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
