import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

const WINDOW_SECONDS = 60;

// One for each rate, in this process: of several web processes each lets the whole rate in.
const limiters = new Map<number, RateLimiterMemory>();

/**
 * Counts a call of somebody who may make so many a minute; null when it may go on, and after how
 * many seconds it may else.
 */
export async function secondsToWait(caller: {
  readonly id: string;
  readonly perMinute: number;
}): Promise<number | null> {
  const { id, perMinute } = caller;
  const limiter =
    limiters.get(perMinute) ??
    new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
  limiters.set(perMinute, limiter);
  try {
    await limiter.consume(id);
    return null;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
  }
}
