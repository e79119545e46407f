import { randomBytes } from "node:crypto";
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { err, ok, type Result } from "@/lib/kernel";
import { SecretKey } from "@/lib/sts";

/** Whose key it is. It is sealed with the key, so a row moved elsewhere does not open there. */
export type SealedKeyName = {
  readonly organizationId: string;
  readonly vendingKeyId: string;
  readonly version: number;
};

export type SealedKey = { readonly nonce: Uint8Array; readonly sealed: Uint8Array };

/** How keys are sealed today: XChaCha20-Poly1305, associated data as in `associatedDataOf`. */
export const SEALING_VERSION = 1;

// 192 bits: chosen by chance, a nonce never comes twice, and nobody has to count.
const NONCE_BYTES = 24;

/** Seals a key under the key-encryption key, bound to its name. */
export function sealKey(
  keyEncryptionKey: SecretKey,
  name: SealedKeyName,
  key: SecretKey,
): SealedKey {
  const nonce = randomBytes(NONCE_BYTES);
  const sealed = keyEncryptionKey.use((wrapping) =>
    key.use((bytes) => xchacha20poly1305(wrapping, nonce, associatedDataOf(name)).encrypt(bytes)),
  );
  return { nonce, sealed };
}

/**
 * Opens a sealed key. Refuses what was changed, what belongs to another name, and what was sealed
 * under another key-encryption key; nobody can tell these apart.
 */
export function openKey(
  keyEncryptionKey: SecretKey,
  name: SealedKeyName,
  { nonce, sealed }: SealedKey,
): Result<SecretKey, "does-not-open"> {
  if (nonce.length !== NONCE_BYTES) return err("does-not-open");
  try {
    const bytes = keyEncryptionKey.use((wrapping) =>
      xchacha20poly1305(wrapping, nonce, associatedDataOf(name)).decrypt(sealed),
    );
    const key = new SecretKey(bytes);
    bytes.fill(0);
    return ok(key);
  } catch {
    return err("does-not-open");
  }
}

function associatedDataOf({ organizationId, vendingKeyId, version }: SealedKeyName): Uint8Array {
  const text = `voltlet vending key|${organizationId}|${vendingKeyId}|${version}`;
  return new TextEncoder().encode(text);
}
