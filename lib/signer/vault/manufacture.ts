import type { Pool } from "pg";
import { err, ok, type Result } from "@/lib/kernel";
import { baseDateOf } from "../core/reservation";
import type { PracticeRefusal } from "../errors";
import type { ManufacturedMeter, ManufactureRequest } from "../token-issuer";
import type { KeyStore } from "./key-store";
import { STATEMENT_LIMIT } from "./statement-limit";

const UNIQUE_KEY = 2;
const DKGA04 = 4;
const MISTY1 = 11;

/**
 * What the factory would have put into a meter. Whether this is a practice installation has been
 * asked before; here it is the key that must be marked practice.
 */
export async function manufactureMeter(
  parts: { readonly pool: Pool; readonly keys: KeyStore },
  { organizationId, meterId }: ManufactureRequest,
): Promise<Result<ManufacturedMeter, PracticeRefusal>> {
  const found = await parts.pool.query<MeterRow>({
    ...STATEMENT_LIMIT,
    text: METER,
    values: [organizationId, meterId],
  });
  const meter = found.rows[0];
  if (!meter) return err("meter-not-found");
  if (!meter.is_practice) return err("not-a-practice-key");
  const isServed = meter.derivation === DKGA04 && meter.encryption_algorithm === MISTY1;
  if (!isServed || meter.key_type !== UNIQUE_KEY) return err("key-not-served");

  const vendingKey = { organizationId, vendingKeyId: meter.vending_key_id };
  const decoderKey = await parts.keys.decoderKeyOf(vendingKey, {
    meterNumber: meter.meter_number,
    encryptionAlgorithm: meter.encryption_algorithm,
    tariffIndex: meter.tariff_index,
    supplyGroupCode: meter.supply_group_code,
    keyRevisionNumber: meter.key_revision_number,
    keyType: meter.key_type,
    baseDateYear: meter.base_date_year,
  });
  return ok({
    decoderKeyHex: decoderKey.use((bytes) => Buffer.from(bytes).toString("hex")),
    keyType: UNIQUE_KEY,
    keyExpiryNumber: meter.key_expiry_number,
    baseDateYear: baseDateOf(meter.base_date_year),
  });
}

const METER = `
  SELECT m.meter_number, m.encryption_algorithm, m.tariff_index, m.vending_key_id,
    k.supply_group_code, k.key_revision_number, k.key_type, k.key_expiry_number, k.base_date_year,
    k.derivation, k.is_practice
    FROM meter m
    JOIN vending_key k ON k.organization_id = m.organization_id AND k.id = m.vending_key_id
   WHERE m.organization_id = $1 AND m.id = $2`;

type MeterRow = {
  readonly meter_number: string;
  readonly encryption_algorithm: number;
  readonly tariff_index: number;
  readonly vending_key_id: string;
  readonly supply_group_code: string;
  readonly key_revision_number: number;
  readonly key_type: number;
  readonly key_expiry_number: number;
  readonly base_date_year: number;
  readonly derivation: number;
  readonly is_practice: boolean;
};
