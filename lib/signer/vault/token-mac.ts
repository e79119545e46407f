import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";
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
export function createTokenMac(secret: SecretKey): TokenMac {
  // A key of the crypto library's, taken over once: from bytes it would be made for every token.
  const key = secret.use((bytes) => createSecretKey(bytes));
  const macOf = ({ organizationId, tokenSetId, position }: TokenPlace, digits: string) => {
    const text = `${organizationId}|${tokenSetId}|${position}|${digits}`;
    return createHmac("sha256", key).update(text, "utf8").digest();
  };
  const isMacOf = (place: TokenPlace, digits: string, mac: Uint8Array) => {
    const expected = macOf(place, digits);
    return mac.length === expected.length && timingSafeEqual(mac, expected);
  };
  return { macOf, isMacOf };
}
