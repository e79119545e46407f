import type { ScopedTx } from "@/lib/access";
import type { RegisterValue } from "../core/reading";
import { listEffective } from "./effective-readings";

const YEAR_MS = 366 * 86_400_000;

/** The newest reading of a meter's remaining credit within a year; null where nobody took one. */
export async function findLastRemaining(
  tx: ScopedTx,
  meterId: string,
  now: Date,
): Promise<RegisterValue | null> {
  const from = new Date(now.getTime() - YEAR_MS);
  const to = new Date(now.getTime() + 1);
  const known = await listEffective(tx, { meterId, quantity: "remaining", from, to });
  return known.at(-1) ?? null;
}
