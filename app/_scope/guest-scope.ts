import {
  findGuestScopeByAddress,
  findGuestScopeByMeter,
  findPracticeGuestScope,
} from "@/lib/access";
import type { GuestScope } from "@/lib/access/shared";
import { ok, type Result } from "@/lib/kernel";
import { type MeterNumber, type MeterNumberFault, parseMeterNumber } from "@/lib/sts";
import { addressHash } from "@/lib/vending";

export type TypedMeter = {
  readonly meterNumber: MeterNumber;
  /** Null for a number that nobody sells for. */
  readonly scope: GuestScope | null;
};

/** A guest who typed a meter number; spaces are forgiven, check digits are not. */
export async function guestScope(typed: string): Promise<Result<TypedMeter, MeterNumberFault>> {
  const parsed = parseMeterNumber(typed);
  if (!parsed.ok) return parsed;
  const meterNumber = parsed.value;
  return ok({ meterNumber, scope: await findGuestScopeByMeter(meterNumber) });
}

/**
 * Somebody who stands before a practice meter, proved or not. Null for no meter number, for one
 * that nobody registered, and in production.
 */
export async function guestScopeAtMeter(typed: string): Promise<GuestScope | null> {
  const parsed = parseMeterNumber(typed);
  return parsed.ok ? findPracticeGuestScope(parsed.value) : null;
}

/** A guest who holds a purchase's secret address. Null where it opens nothing. */
export function guestScopeBySecret(secret: string): Promise<GuestScope | null> {
  return findGuestScopeByAddress(addressHash(secret));
}
