import type { Pool } from "pg";
import type { KeyAttributes } from "../core/refusal";
import type { Reservation } from "../core/reservation";
import type { TokenSetName } from "./journal";
import { STATEMENT_LIMIT } from "./statement-limit";

/** One reserved token with what the signer must know to judge it. */
export type ReservedToken = TokenSetName & {
  readonly position: number;
  readonly meterId: string;
  readonly vendingKeyId: string;
  readonly reservation: Reservation;
  readonly key: KeyAttributes;
  readonly isTokenIdUsed: boolean;
  /** Whether the journal has an entry of its set already. */
  readonly isJournalled: boolean;
  /** What its key may still issue, in token units; null for a key without a limit. */
  readonly remainingUnits: bigint | null;
};

/** Reads what the web has reserved under these token sets, ascending by position. */
export async function listReservedTokens(
  pool: Pool,
  sets: readonly TokenSetName[],
): Promise<readonly ReservedToken[]> {
  const found = await pool.query<ReservedRow>({
    ...STATEMENT_LIMIT,
    name: "reserved-tokens",
    text: RESERVED_TOKENS,
    values: [sets.map((set) => set.organizationId), sets.map((set) => set.tokenSetId)],
  });
  return found.rows.map(reservedTokenOf);
}

// No role may remove a vending key, so the join drops no reservation. `OFFSET 0` keeps the planner
// from scanning all reservations, as in journal.ts.
const RESERVED_TOKENS = `
  SELECT r.*, k.supply_group_code, k.key_revision_number, k.key_type, k.key_expiry_number,
    k.base_date_year, k.derivation, k.is_practice, k.active_from, k.issue_until,
    k.allowed_subclasses, c.remaining_units,
    EXISTS (SELECT FROM journal_entry j
      WHERE j.organization_id = r.organization_id AND j.meter_id = r.meter_id
        AND j.vending_key_id = r.vending_key_id AND j.token_id_minutes = r.token_id_minutes
        AND j.token_set_id <> r.token_set_id) AS is_token_id_used,
    (SELECT true FROM journal_entry e WHERE e.organization_id = r.organization_id
      AND e.token_set_id = r.token_set_id LIMIT 1) IS NOT NULL AS is_journalled
    FROM unnest($1::uuid[], $2::uuid[]) AS asked (organization_id, token_set_id)
   CROSS JOIN LATERAL (SELECT * FROM token_reservation
     WHERE organization_id = asked.organization_id AND token_set_id = asked.token_set_id
     OFFSET 0) AS r
    JOIN vending_key k ON k.organization_id = r.organization_id AND k.id = r.vending_key_id
    LEFT JOIN vending_key_credit c ON c.organization_id = k.organization_id
     AND c.vending_key_id = k.id
   ORDER BY r.organization_id, r.token_set_id, r.position`;

type ReservedRow = {
  readonly organization_id: string;
  readonly token_set_id: string;
  readonly position: number;
  readonly meter_id: string;
  readonly vending_key_id: string;
  readonly meter_number: string;
  readonly encryption_algorithm: number;
  readonly tariff_index: number;
  readonly subclass: number;
  readonly token_id_minutes: number;
  readonly random_nibble: number;
  readonly amount_units: number;
  readonly supply_group_code: string;
  readonly key_revision_number: number;
  readonly key_type: number;
  readonly key_expiry_number: number;
  readonly base_date_year: number;
  readonly derivation: number;
  readonly is_practice: boolean;
  readonly active_from: Date;
  readonly issue_until: Date | null;
  readonly is_token_id_used: boolean;
  readonly is_journalled: boolean;
  readonly allowed_subclasses: readonly number[];
  readonly remaining_units: string | null;
};

function reservedTokenOf(row: ReservedRow): ReservedToken {
  return {
    organizationId: row.organization_id,
    tokenSetId: row.token_set_id,
    position: row.position,
    meterId: row.meter_id,
    vendingKeyId: row.vending_key_id,
    reservation: {
      meterNumber: row.meter_number,
      encryptionAlgorithm: row.encryption_algorithm,
      tariffIndex: row.tariff_index,
      subclass: row.subclass,
      tokenIdMinutes: row.token_id_minutes,
      randomNibble: row.random_nibble,
      amountUnits: row.amount_units,
      supplyGroupCode: row.supply_group_code,
      keyRevisionNumber: row.key_revision_number,
      keyType: row.key_type,
      baseDateYear: row.base_date_year,
    },
    key: {
      isPractice: row.is_practice,
      activeFrom: row.active_from,
      issueUntil: row.issue_until,
      keyExpiryNumber: row.key_expiry_number,
      derivation: row.derivation,
      allowedSubclasses: row.allowed_subclasses,
    },
    isTokenIdUsed: row.is_token_id_used,
    isJournalled: row.is_journalled,
    remainingUnits: row.remaining_units === null ? null : BigInt(row.remaining_units),
  };
}
