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

const TAG_BYTES = 16;

/** Why a sealed key cannot be used. `cut-short` is a row that lost bytes, whatever opens it. */
export type SealFault = "does-not-open" | "cut-short";

/** Seals a key under the key-encryption key, bound to its name. */
export function sealKey(
  keyEncryptionKey: SecretKey,
  name: SealedKeyName,
  key: SecretKey,
): SealedKey {
  return seal(keyEncryptionKey, labelOf(name), key);
}

/**
 * Opens a sealed key. Refuses what was changed, what belongs to another name, and what was sealed
 * under another key-encryption key; nobody can tell these apart.
 */
export function openKey(
  keyEncryptionKey: SecretKey,
  name: SealedKeyName,
  sealed: SealedKey,
): Result<SecretKey, SealFault> {
  return open(keyEncryptionKey, labelOf(name), sealed);
}

/** Seals one of the signer's own keys, which outlives the exchange of the key it came from. */
export function sealPurposeKey(
  keyEncryptionKey: SecretKey,
  purpose: string,
  key: SecretKey,
): SealedKey {
  return seal(keyEncryptionKey, `voltlet purpose key|${purpose}`, key);
}

/** Opens one of the signer's own keys. */
export function openPurposeKey(
  keyEncryptionKey: SecretKey,
  purpose: string,
  sealed: SealedKey,
): Result<SecretKey, SealFault> {
  return open(keyEncryptionKey, `voltlet purpose key|${purpose}`, sealed);
}

function seal(wrappingKey: SecretKey, label: string, key: SecretKey): SealedKey {
  const nonce = randomBytes(NONCE_BYTES);
  const sealed = wrappingKey.use((wrapping) =>
    key.use((bytes) => xchacha20poly1305(wrapping, nonce, bytesOf(label)).encrypt(bytes)),
  );
  return { nonce, sealed };
}

function open(
  wrappingKey: SecretKey,
  label: string,
  { nonce, sealed }: SealedKey,
): Result<SecretKey, SealFault> {
  if (nonce.length !== NONCE_BYTES || sealed.length <= TAG_BYTES) return err("cut-short");
  try {
    const bytes = wrappingKey.use((wrapping) =>
      xchacha20poly1305(wrapping, nonce, bytesOf(label)).decrypt(sealed),
    );
    const key = new SecretKey(bytes);
    bytes.fill(0);
    return ok(key);
  } catch {
    return err("does-not-open");
  }
}

const labelOf = ({ organizationId, vendingKeyId, version }: SealedKeyName) =>
  `voltlet vending key|${organizationId}|${vendingKeyId}|${version}`;

const bytesOf = (label: string) => new TextEncoder().encode(label);
