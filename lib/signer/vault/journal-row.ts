import { z } from "zod";
import { assert } from "@/lib/kernel";
import type { JournalEntry } from "../core/journal-chain";
import type { Reservation } from "../core/reservation";

/** A row of `journal_entry`, as the driver gives it. */
export type EntryRow = {
  readonly organization_id: string;
  readonly chain: string;
  readonly sequence: string;
  readonly at: Date;
  readonly outcome: string;
  readonly refusal: string | null;
  readonly token_set_id: string;
  readonly position: number;
  readonly meter_id: string;
  readonly vending_key_id: string;
  readonly token_id_minutes: number | null;
  readonly reservation: unknown;
  readonly token_mac: Buffer | null;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
};

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** An entry as one element of the JSON that `Journal.append` inserts from. */
export function rowOf(entry: JournalEntry): Readonly<Record<string, unknown>> {
  return {
    organization_id: entry.organizationId,
    chain: entry.chain,
    sequence: entry.sequence.toString(),
    at: entry.at.toISOString(),
    outcome: entry.outcome,
    refusal: entry.refusal,
    token_set_id: entry.tokenSetId,
    position: entry.position,
    meter_id: entry.meterId,
    vending_key_id: entry.vendingKeyId,
    token_id_minutes: entry.tokenIdMinutes,
    reservation: entry.reservation,
    token_mac: entry.tokenMac && hexOf(entry.tokenMac),
    previous_hash: hexOf(entry.previousHash),
    hash: hexOf(entry.hash),
  };
}

// Strict: a field that the hash does not cover may not ride along.
const reservationSchema: z.ZodType<Reservation> = z.strictObject({
  meterNumber: z.string(),
  encryptionAlgorithm: z.int(),
  tariffIndex: z.int(),
  subclass: z.int(),
  tokenIdMinutes: z.int(),
  randomNibble: z.int(),
  amountUnits: z.int(),
  supplyGroupCode: z.string(),
  keyRevisionNumber: z.int(),
  keyType: z.int(),
  baseDateYear: z.int(),
});

/** Throws for a row that no signer of ours has written. */
export function entryOf(row: EntryRow): JournalEntry {
  const { outcome } = row;
  assert(outcome === "issued" || outcome === "refused", "an outcome is issued or refused");
  const reservation = reservationSchema.safeParse(row.reservation);
  assert(reservation.success, `journal entry ${row.sequence} holds what a token says`);
  return {
    organizationId: row.organization_id,
    chain: row.chain,
    sequence: BigInt(row.sequence),
    at: row.at,
    outcome,
    refusal: row.refusal,
    tokenSetId: row.token_set_id,
    position: row.position,
    meterId: row.meter_id,
    vendingKeyId: row.vending_key_id,
    tokenIdMinutes: row.token_id_minutes,
    reservation: reservation.data,
    tokenMac: row.token_mac,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
