import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { callScoped } from "@/lib/access";
import { testEnv } from "@/lib/platform";
import { reserveTokenSet, type SellingMeter } from "../reservation";

/**
 * For database tests: a sale whose token was issued at an instant, with the signer's row of it in a
 * chain of its own. Gives the purchase's id.
 */
export async function makeIssuedSale(
  meter: SellingMeter,
  sale: { readonly tokenUnits: number; readonly now: Date },
): Promise<string> {
  const { tokenUnits, now } = sale;
  const made = await reserveTokenSet(meter, { tokenUnits, randomNibble: 5, now });
  const { purchaseId, tokenSetId } = made;
  const client = new Client(testEnv().DATABASE_URL_SIGNER);
  await client.connect();
  try {
    await client.query(
      `INSERT INTO journal_entry (organization_id, chain, sequence, at, outcome, token_set_id,
         position, meter_id, vending_key_id, token_id_minutes, reservation, token_mac,
         previous_hash, hash)
       SELECT organization_id, $1::text, 1, $2, 'issued', token_set_id, position, meter_id,
         vending_key_id, token_id_minutes, '{}', $3, $3, $3
         FROM token_reservation WHERE token_set_id = $1::uuid`,
      [tokenSetId, now, randomBytes(32)],
    );
  } finally {
    await client.end();
  }
  const tokens = [{ position: 1, digits: "12345678901234567890" }];
  const finish = { purchaseId, tokens, receiptSeries: "W0", now };
  await callScoped(meter.scope, "vend_finish", finish);
  return purchaseId;
}
