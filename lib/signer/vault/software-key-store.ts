import { randomBytes } from "node:crypto";
import type { Pool } from "pg";
import { newId } from "@/lib/platform";
import { deriveDecoderKey, SecretKey } from "@/lib/sts";
import { type DecoderKeyFacts, decoderKeyPartsOf } from "../core/reservation";
import type { KeyStore, PracticeKeyAttributes, VendingKeyName } from "./key-store";
import { openKey, SEALING_VERSION, sealKey } from "./sealed-key";
import { STATEMENT_LIMIT } from "./statement-limit";

const VENDING_KEY_BYTES = 20;
const UNIQUE_KEY = 2;
const DKGA04 = 4;
// A decoder key is one HMAC, which is most of what a token costs; a month's meters of a town fit.
const MOST_DECODER_KEYS = 32_768;

/** Vending keys sealed in the database, opened once and kept in this process's memory. */
export class SoftwareKeyStore implements KeyStore {
  readonly #pool: Pool;
  readonly #keyEncryptionKey: SecretKey;
  readonly #vendingKeys = new Map<string, SecretKey>();
  readonly #decoderKeys = new Map<string, SecretKey>();

  constructor(parts: { readonly pool: Pool; readonly keyEncryptionKey: SecretKey }) {
    this.#pool = parts.pool;
    this.#keyEncryptionKey = parts.keyEncryptionKey;
  }

  decoderKeyOf = async (name: VendingKeyName, facts: DecoderKeyFacts): Promise<SecretKey> => {
    const parts = decoderKeyPartsOf(facts);
    const label = [labelOf(name), ...Object.values(parts)].join("|");
    const standing = this.#decoderKeys.get(label);
    if (standing) return standing;
    const decoderKey = deriveDecoderKey(await this.#vendingKey(name), parts);
    // The oldest goes. It is not wiped, for a token may be in the making with it.
    const [oldest] = this.#decoderKeys.keys();
    const isFull = this.#decoderKeys.size >= MOST_DECODER_KEYS;
    if (isFull && oldest !== undefined) this.#decoderKeys.delete(oldest);
    this.#decoderKeys.set(label, decoderKey);
    return decoderKey;
  };

  generatePracticeKey = async (attributes: PracticeKeyAttributes): Promise<string | null> => {
    const { organizationId, supplyGroupCode, keyRevisionNumber } = attributes;
    const { keyExpiryNumber, baseDateYear } = attributes;
    const name = { organizationId, vendingKeyId: newId(), version: SEALING_VERSION };
    const key = new SecretKey(randomBytes(VENDING_KEY_BYTES));
    const { nonce, sealed } = sealKey(this.#keyEncryptionKey, name, key);
    key.wipe();
    const values = [organizationId, supplyGroupCode, keyRevisionNumber, UNIQUE_KEY];
    const described = [...values, keyExpiryNumber, baseDateYear];
    await this.#pool.query({
      ...STATEMENT_LIMIT,
      text: INSERT_PRACTICE_KEY,
      values: [...described, DKGA04, name.vendingKeyId, name.version, nonce, sealed],
    });
    const found = await this.#pool.query<{ readonly id: string }>({
      ...STATEMENT_LIMIT,
      text: FIND_PRACTICE_KEY,
      values: described,
    });
    return found.rows[0]?.id ?? null;
  };

  async #vendingKey(name: VendingKeyName): Promise<SecretKey> {
    const standing = this.#vendingKeys.get(labelOf(name));
    if (standing) return standing;
    const found = await this.#pool.query<SealedRow>({
      ...STATEMENT_LIMIT,
      text: `SELECT version, nonce, sealed FROM sealed_vending_key
              WHERE organization_id = $1 AND vending_key_id = $2`,
      values: [name.organizationId, name.vendingKeyId],
    });
    const row = found.rows[0];
    if (!row) throw new Error(`vending key ${name.vendingKeyId} has not been loaded`);
    const opened = openKey(this.#keyEncryptionKey, { ...name, version: row.version }, row);
    if (!opened.ok) {
      const what = opened.error === "cut-short" ? "is cut short" : "does not open";
      throw new Error(`vending key ${name.vendingKeyId} ${what}: is SIGNER_KEK_FILE the one?`);
    }
    this.#vendingKeys.set(labelOf(name), opened.value);
    return opened.value;
  }
}

type SealedRow = { readonly version: number; readonly nonce: Buffer; readonly sealed: Buffer };

const labelOf = (name: VendingKeyName) => `${name.organizationId}|${name.vendingKeyId}`;

// One statement, so that there is never a key without its sealed half. It is active from its base
// date on: a practice installation also sells in the past, to have a history to show.
const INSERT_PRACTICE_KEY = `
  WITH made AS (
    INSERT INTO vending_key (organization_id, supply_group_code, key_revision_number, key_type,
      key_expiry_number, base_date_year, derivation, id, is_practice, active_from, issue_until)
    VALUES ($1, $2, $3, $4, $5, $6::int, $7, $8, true,
      make_timestamptz($6::int, 1, 1, 0, 0, 0, 'UTC'), NULL)
    ON CONFLICT (organization_id, supply_group_code, key_revision_number, key_type) DO NOTHING
    RETURNING organization_id, id)
  INSERT INTO sealed_vending_key (organization_id, vending_key_id, version, nonce, sealed)
  SELECT organization_id, id, $9::int, $10::bytea, $11::bytea FROM made`;

const FIND_PRACTICE_KEY = `
  SELECT id FROM vending_key
   WHERE organization_id = $1 AND supply_group_code = $2 AND key_revision_number = $3
     AND key_type = $4 AND key_expiry_number = $5 AND base_date_year = $6 AND is_practice`;
