import { setTimeout as delay } from "node:timers/promises";
import { FairQueue } from "../core/fair-queue";

// Checking a password costs a core some 30 ms on purpose. Without a bound, whoever sends wrong ones
// fast enough takes the machine from those who buy power. So one is checked at a time, with a rest
// twice as long as the check while others wait, and who would wait too long is told so at once.

const queue = new FairQueue<() => Promise<void>>({ mostForKey: 4, mostInAll: 48 });
let isDraining = false;

/**
 * Lets a sign-in through when its turn comes, the turns going round by key: the network it comes
 * from. Gives "busy", without having begun, when too many wait already.
 */
export function throughSignInGate<T>(key: string, work: () => Promise<T>): Promise<T | "busy"> {
  return new Promise((resolve, reject) => {
    const isIn = queue.add(key, () => work().then(resolve, reject));
    if (!isIn) resolve("busy");
    else if (!isDraining) void drain();
  });
}

async function drain(): Promise<void> {
  isDraining = true;
  for (let next = queue.take(); next; next = queue.take()) {
    const start = performance.now();
    await next();
    if (!queue.isEmpty) await delay(2 * (performance.now() - start));
  }
  isDraining = false;
}
