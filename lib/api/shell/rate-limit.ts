import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { ApiKeyHolder } from "@/lib/access";

const WINDOW_SECONDS = 60;

// One for each rate, in this process: of several web processes each lets the whole rate in.
const limiters = new Map<number, RateLimiterMemory>();

/** Counts a request of a key; null when it may go on, and after how many seconds it may else. */
export async function secondsToWait({ keyId, perMinute }: ApiKeyHolder): Promise<number | null> {
  const limiter =
    limiters.get(perMinute) ??
    new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
  limiters.set(perMinute, limiter);
  try {
    await limiter.consume(keyId);
    return null;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
  }
}
