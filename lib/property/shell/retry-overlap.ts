import { z } from "zod";

// Each use case looks for an overlap first and names it. Two that look at the same moment both see
// none; then the exclusion constraint refuses one (23P01), or each waits for the other and
// PostgreSQL ends one (40P01). Who lost looks again and finds what the other wrote.
const LOST = z.object({
  meta: z.object({
    driverAdapterError: z.object({
      cause: z.object({ originalCode: z.enum(["23P01", "40P01"]) }),
    }),
  }),
});
const MOST_TRIES = 3;

/** Runs a transaction that looks before it writes, again when it lost against another. */
export async function retryOverlap<T>(work: () => Promise<T>): Promise<T> {
  for (let triesLeft = MOST_TRIES - 1; triesLeft > 0; triesLeft -= 1) {
    try {
      return await work();
    } catch (error) {
      if (!LOST.safeParse(error).success) throw error;
    }
  }
  return await work();
}
