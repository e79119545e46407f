import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { EndpointScope } from "@/lib/access/shared";

const WINDOW_SECONDS = 60;

/** A push of 5,000 readings each second: more than a gateway of a building ever has to say. */
export const PUSHES_PER_MINUTE = 60;

// In this process: of several web processes each lets the whole rate in.
const limiter = new RateLimiterMemory({ points: PUSHES_PER_MINUTE, duration: WINDOW_SECONDS });

/** Counts a push of a gateway; null when it may go on, and after how many seconds it may else. */
export async function secondsToNextPush({ endpointId }: EndpointScope): Promise<number | null> {
  try {
    await limiter.consume(endpointId);
    return null;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
  }
}
