import { workerPool } from "@/lib/platform/databases";

export { inWorkerScope } from "./in-scope";

/**
 * Makes the months ahead to which readings go. Only the owner of the tables can make one: this is
 * a function of its own that the worker may call. Gives how many were missing.
 */
export async function makeReadingMonths(): Promise<number> {
  const answer = await workerPool().query<{ readonly made: number }>(
    "SELECT reading_partitions_make() AS made",
  );
  return answer.rows[0]?.made ?? 0;
}
