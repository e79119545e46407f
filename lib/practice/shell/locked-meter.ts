import type { ScopedTx } from "@/lib/access";
import type { LoadRegister } from "../core/load-register";

/**
 * Takes the meter for this transaction: two who type at once type one after the other. False when
 * there is no such meter.
 */
export async function lockMeter(tx: ScopedTx, meterId: string): Promise<boolean> {
  const { organizationId } = tx.scope;
  const locked = await tx.db.$queryRaw<unknown[]>`
    SELECT meter_id FROM practice_meter
     WHERE organization_id = ${organizationId}::uuid AND meter_id = ${meterId}::uuid FOR UPDATE`;
  return locked.length === 1;
}

/** Writes the register, and what else changed, of a meter that this transaction has taken. */
export async function saveMeter(
  tx: ScopedTx,
  meterId: string,
  changed: LoadRegister & { readonly tokenIdMemory?: number[] },
): Promise<void> {
  const { organizationId } = tx.scope;
  await tx.db.practiceMeter.updateMany({ where: { organizationId, meterId }, data: changed });
}
