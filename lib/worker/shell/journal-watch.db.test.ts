import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decideInstallationMode, listMeterOwners, lookAtJournal } from "@/lib/access";
import { newId } from "@/lib/platform";
import { closePools, signerPool } from "@/lib/platform/databases";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import {
  type MadeReservation,
  makeSellingMeter,
  reserveTokenSet,
  type SellingMeter,
} from "@/prisma/seed/reservation";
import { writeAsOwner } from "@/prisma/seed/roles/as-owner";
import { watchJournals } from "./journal-watch";

// Entries are written here as the signer's role writes them: what the watch must find is an entry
// that the signer, or a thief of its role, has made without a sale.

const NOW = new Date("2026-06-01T08:30:00Z");
let flat: Flat;
let meter: SellingMeter;
let organizationId: string;

beforeAll(async () => {
  await decideInstallationMode("practice", NOW);
  flat = await makeFlat(NOW);
  ({ organizationId } = flat.scope);
  meter = await makeSellingMeter(flat, { vendingKeyId: flat.vendingKeyId, now: NOW });
  await watchJournals(NOW);
});
afterAll(closePools);

let sold = 0;
const reserve = () => {
  sold += 1;
  const now = new Date(NOW.getTime() + sold * 60_000);
  return reserveTokenSet(meter, { tokenUnits: 100, randomNibble: 5, now });
};

/** An entry for a reservation, as the signer would write it, or with something else in it. */
async function journal(
  { tokenSetId }: Pick<MadeReservation, "tokenSetId">,
  change: {
    readonly sequence?: number;
    readonly tokenSetId?: string;
    readonly units?: number;
  } = {},
): Promise<void> {
  const sequence = change.sequence ?? Math.floor(Math.random() * 1e9) + 1_000_000 * sold;
  await signerPool().query(
    `INSERT INTO journal_entry (organization_id, chain, sequence, at, outcome, token_set_id,
       position, meter_id, vending_key_id, token_id_minutes, reservation, token_mac,
       previous_hash, hash)
     SELECT organization_id, $2, $3, $4, 'issued', $5, position, meter_id, vending_key_id,
       token_id_minutes, jsonb_build_object('meterNumber', meter_number, 'amountUnits',
         coalesce($6::int, amount_units)), $7, $7, $7
       FROM token_reservation WHERE token_set_id = $1`,
    [
      tokenSetId,
      `watch-${sold}`,
      sequence,
      NOW,
      change.tokenSetId ?? tokenSetId,
      change.units ?? null,
      randomBytes(32),
    ],
  );
}

const look = async () => (await lookAtJournal(organizationId, NOW)).map(({ code }) => code);

describe("the watch over the journals", () => {
  test("knows every organization that has a meter", async () => {
    expect(await listMeterOwners()).toContain(organizationId);
  });

  test("says nothing of a token that a purchase explains", async () => {
    await journal(await reserve());
    expect(await look()).toEqual([]);
  });

  test("finds a token of a set that nobody reserved, once, and keeps it on record", async () => {
    const tokenSetId = newId();
    await journal(await reserve(), { tokenSetId });
    expect(await watchJournals(NOW)).toBe(1);
    expect(await watchJournals(NOW)).toBe(0);
    const found = await signerPool()
      .query("SELECT 1 FROM journal_entry WHERE token_set_id = $1", [tokenSetId])
      .then(({ rowCount }) => rowCount);
    expect(found).toBe(1);
  });

  test("finds a token that says more than was reserved", async () => {
    await journal(await reserve(), { units: 16_383 });
    expect(await look()).toEqual(["reservation-differs"]);
  });

  test("finds a token of a purchase whose money went back", async () => {
    const made = await reserve();
    await writeAsOwner("purchase", "UPDATE purchase SET status = 'refunded' WHERE id = $1", [
      made.purchaseId,
    ]);
    await journal(made);
    expect(await look()).toEqual(["owner-refunded"]);
  });

  test("goes through more entries than it takes at once", async () => {
    const made = await reserve();
    await signerPool().query(
      `INSERT INTO journal_entry (organization_id, chain, sequence, at, outcome, refusal,
         token_set_id, position, meter_id, vending_key_id, reservation, previous_hash, hash)
       SELECT r.organization_id, 'watch-many', n, $2, 'refused', 'key-expired', gen_random_uuid(),
         1, r.meter_id, r.vending_key_id, '{}', $3, $3
         FROM token_reservation r, generate_series(1, 4500) n WHERE r.token_set_id = $1`,
      [made.tokenSetId, NOW, randomBytes(32)],
    );
    await journal(made, { tokenSetId: newId() });
    expect(await look()).toEqual(["no-token-set"]);
    expect(await look()).toEqual([]);
  });

  test("two that look at once tell an alarm once", async () => {
    await journal(await reserve(), { tokenSetId: newId() });
    const told = await Promise.all([look(), look(), look()]);
    expect(told.flat()).toEqual(["no-token-set"]);
  });
});
