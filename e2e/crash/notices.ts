import { createHash, createHmac } from "node:crypto";
import type { Query } from "@/prisma/seed/roles/superuser";

// The practice provider's calls, made by the test instead: as often, as late and in the order that
// it likes. Signed anew here, from what the README of the payments room says.

/** A purchase whose money the provider holds, and of which it has told nobody. */
export type Unheard = {
  readonly purchaseId: string;
  readonly endpointId: string;
  readonly attemptId: string;
  readonly checkoutId: string;
  readonly amountMinor: string;
  readonly currency: string;
};

const UNHEARD = `SELECT p.id AS "purchaseId", c.endpoint_id AS "endpointId",
    c.attempt_id AS "attemptId", c.id AS "checkoutId", c.amount_minor::text AS "amountMinor",
    c.currency
  FROM purchase_directory d JOIN purchase p ON p.id = d.purchase_id
  JOIN payment_attempt a ON a.organization_id = p.organization_id AND a.purchase_id = p.id
  JOIN practice_checkout c ON c.organization_id = a.organization_id AND c.attempt_id = a.id
  WHERE d.secret_hash = $1`;

/**
 * Has the payer of a purchase pay, and keeps both ways shut on which we would hear of it by
 * ourselves: nobody plans the provider's call, and the poll waits for a week.
 */
export async function payUnheard(query: Query, path: string): Promise<Unheard> {
  const secret = path.replace("/t/", "");
  const [found] = await query<Unheard>(UNHEARD, [
    createHash("sha256").update(secret).digest("hex"),
  ]);
  if (!found) throw new Error("nobody went to pay this purchase");
  const { purchaseId, checkoutId } = found;
  await query("UPDATE practice_checkout SET status = 'paid', money_at = now() WHERE id = $1", [
    checkoutId,
  ]);
  await query(
    `UPDATE due_work SET due_at = now() + interval '7 days'
      WHERE subject_id = $1 AND kind = 'payment.poll'`,
    [purchaseId],
  );
  return found;
}

/**
 * A day goes by for a purchase: everything about it happened a day earlier. The clock of running
 * processes is the machine's, which a test does not step.
 */
export async function letADayPass(query: Query, { purchaseId }: Unheard): Promise<void> {
  const aDayEarlier = (column: string) => `${column} = ${column} - interval '1 day'`;
  for (const statement of [
    `UPDATE purchase SET ${aDayEarlier("created_at")} WHERE id = $1`,
    `UPDATE quote SET ${["created_at", "expires_at", "basis_until"].map(aDayEarlier).join(", ")}
      WHERE purchase_id = $1`,
    `UPDATE payment_attempt SET ${aDayEarlier("created_at")} WHERE purchase_id = $1`,
    `UPDATE purchase_event SET ${aDayEarlier("at")} WHERE purchase_id = $1`,
  ]) {
    await query(statement, [purchaseId]);
  }
}

/** Calls our webhook; gives how it answered, or null for nobody there. */
export async function tell(
  siteUrl: string,
  { endpointId, attemptId, checkoutId, amountMinor, currency }: Unheard,
  status: "paid" | "declined" = "paid",
): Promise<number | null> {
  const claim = { attemptId, status, providerReference: checkoutId, amountMinor, currency };
  const body = JSON.stringify(claim);
  const at = Math.floor(Date.now() / 1000);
  const master = process.env.PRACTICE_PROVIDER_SECRET ?? "";
  const secret = createHmac("sha256", master).update(`endpoint|${endpointId}`).digest("hex");
  const mac = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
  const headers = {
    "content-type": "application/json",
    "voltlet-practice-signature": `t=${at},v1=${mac}`,
  };
  try {
    const signal = AbortSignal.timeout(10_000);
    const url = new URL(`/api/webhooks/practice/${endpointId}`, siteUrl);
    const answer = await fetch(url, { method: "POST", headers, body, signal });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return null;
  }
}
