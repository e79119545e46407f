import { err, ok, type Result } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { signerPool } from "@/lib/platform/databases";
import type { SecretKey } from "@/lib/sts";
import type { ImportedAttributes } from "../core/key-attributes";
import { checkValueOf, combineComponents } from "../core/key-components";
import type { KeyRing } from "./key-encryption-key";
import { SEALING_VERSION, sealKey } from "./sealed-key";

const UNIQUE_KEY = 2;
const DKGA04 = 4;

export type ImportRefusal = "check-value-differs" | "key-attributes-taken" | "no-organization";

/**
 * Puts a vending key together from two components, seals it and writes it with its attributes, in
 * one statement. Refused, and nothing is written, where its check value is another than the one
 * announced, or a key with these attributes stands. The components are wiped in any case.
 */
export async function importVendingKey(
  ring: KeyRing,
  of: {
    readonly attributes: ImportedAttributes;
    readonly components: readonly [SecretKey, SecretKey];
    readonly now: Date;
  },
): Promise<Result<{ readonly vendingKeyId: string }, ImportRefusal>> {
  const { attributes, components, now } = of;
  const key = combineComponents(...components);
  for (const component of components) component.wipe();
  try {
    if (checkValueOf(key) !== attributes.checkValue) return err("check-value-differs");
    const { organizationId } = attributes;
    const name = { organizationId, vendingKeyId: newId(), version: SEALING_VERSION };
    const { nonce, sealed } = sealKey(ring.sealing, name, key);
    const written = await signerPool().query(INSERT, [
      ...keyColumns(attributes),
      name.vendingKeyId,
      name.version,
      nonce,
      sealed,
      attributes.creditLimitUnits,
      now,
      ...attributes.custodians,
      attributes.checkValue,
    ]);
    return written.rowCount === 1
      ? ok({ vendingKeyId: name.vendingKeyId })
      : err("key-attributes-taken");
  } finally {
    key.wipe();
  }
}

function keyColumns(of: ImportedAttributes): readonly unknown[] {
  return [
    of.organizationId,
    of.supplyGroupCode,
    of.keyRevisionNumber,
    UNIQUE_KEY,
    of.keyExpiryNumber,
    of.baseDateYear,
    DKGA04,
    of.activeFrom,
    of.issueUntil,
    of.allowedSubclasses,
  ];
}

// One statement, so that there is never a key without its sealed half, its limit or its custodians.
const INSERT = `
  WITH made AS (
    INSERT INTO vending_key (organization_id, supply_group_code, key_revision_number, key_type,
      key_expiry_number, base_date_year, derivation, active_from, issue_until, allowed_subclasses,
      id, is_practice)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, false)
    ON CONFLICT (organization_id, supply_group_code, key_revision_number, key_type) DO NOTHING
    RETURNING organization_id, id),
  credit AS (
    INSERT INTO vending_key_credit (organization_id, vending_key_id, limit_units, remaining_units)
    SELECT organization_id, id, $15::bigint, $15::bigint FROM made WHERE $15::bigint IS NOT NULL),
  imported AS (
    INSERT INTO vending_key_import (organization_id, vending_key_id, imported_at, first_custodian,
      second_custodian, check_value)
    SELECT organization_id, id, $16::timestamptz, $17, $18, $19 FROM made)
  INSERT INTO sealed_vending_key (organization_id, vending_key_id, version, nonce, sealed)
  SELECT organization_id, id, $12::int, $13::bytea, $14::bytea FROM made`;
