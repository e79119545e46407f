import { createHmac, timingSafeEqual } from "node:crypto";
import type { SecretKey } from "@/lib/sts";

export type TokenPlace = {
  readonly organizationId: string;
  readonly tokenSetId: string;
  readonly position: number;
};

/** The journal's proof of which digits were given out, without the digits. */
export type TokenMac = {
  readonly macOf: (place: TokenPlace, digits: string) => Uint8Array;
  readonly isMacOf: (place: TokenPlace, digits: string, mac: Uint8Array) => boolean;
};

/**
 * HMAC-SHA-256 under a key of the ring. A plain hash would not do: a reader of the
 * journal could try the sixteen values of RND and find the digits, were the decoder key ever known.
 */
export function createTokenMac(key: SecretKey): TokenMac {
  const macOf = ({ organizationId, tokenSetId, position }: TokenPlace, digits: string) => {
    const text = `${organizationId}|${tokenSetId}|${position}|${digits}`;
    return key.use((bytes) => createHmac("sha256", bytes).update(text, "utf8").digest());
  };
  const isMacOf = (place: TokenPlace, digits: string, mac: Uint8Array) => {
    const expected = macOf(place, digits);
    return mac.length === expected.length && timingSafeEqual(mac, expected);
  };
  return { macOf, isMacOf };
}
