import { randomInt } from "node:crypto";
import { Pool } from "pg";
import { newId } from "@/lib/platform";
import { timeEach } from "./lanes";
import { journalAll, type PaidPurchase } from "./sellers";

/**
 * Reserve and finish alone, as the web's role under its policies: sales a second through both. What
 * the signer would write between them is written by the owner, and is not timed.
 */
export async function measureFunctions(of: {
  readonly superuser: string;
  readonly web: string;
  readonly paid: readonly PaidPurchase[];
  readonly clients: number;
}): Promise<number> {
  const { superuser, web, paid, clients } = of;
  const pool = new Pool({ connectionString: web, max: clients });
  const call = (name: string, text: string, { organizationId }: PaidPurchase, given: object) =>
    pool.query({ name, text, values: [organizationId, JSON.stringify(given)] });
  try {
    const reserved = await timeEach(paid, clients, (one) =>
      call("reserve", "SELECT vend_reserve($1, $2)", one, {
        purchaseId: one.purchaseId,
        tokenSetId: newId(),
        randomNibbles: [randomInt(16)],
        now: new Date(),
      }),
    );
    await journalAll(superuser);
    const finished = await timeEach(paid, clients, (one) =>
      call("finish", "SELECT vend_finish($1, $2)", one, {
        purchaseId: one.purchaseId,
        tokens: [{ position: 1, digits: String(randomInt(10 ** 10)).padStart(20, "0") }],
        receiptSeries: `W${randomInt(16)}`,
        now: new Date(),
      }),
    );
    return 1 / (1 / reserved.perSecond + 1 / finished.perSecond);
  } finally {
    await pool.end();
  }
}
