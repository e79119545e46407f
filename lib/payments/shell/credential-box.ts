import { createHmac, randomBytes } from "node:crypto";
import { open } from "node:fs/promises";
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { err, ok, type Result } from "@/lib/kernel";
import { SecretKey } from "@/lib/sts";
import type { AccountTexts } from "../core/account-form";

/** Whose credentials they are. Sealed with them, so that a row moved elsewhere does not open. */
export type BoxName = {
  readonly organizationId: string;
  readonly endpointId: string;
  readonly version: number;
};

export type SealedBox = { readonly nonce: Uint8Array; readonly sealed: Uint8Array };

const NONCE_BYTES = 24;
const OPEN_TO_OTHERS = 0o077;

/**
 * Reads the key that providers' credentials are sealed under: 64 hexadecimal digits in a file that
 * its owner alone can read. It is the web's and the worker's, and never the signer's.
 */
export async function readCredentialKey(file: string): Promise<SecretKey> {
  const handle = await open(file, "r");
  try {
    const { mode } = await handle.stat();
    if ((mode & OPEN_TO_OTHERS) !== 0) {
      throw new Error(`${file} can be read by others than its owner: chmod 600 it.`);
    }
    const text = (await handle.readFile("utf8")).trim();
    if (!/^[0-9a-f]{64}$/i.test(text)) throw new Error(`${file} does not hold 64 hex digits.`);
    return new SecretKey(Buffer.from(text, "hex"));
  } finally {
    await handle.close();
  }
}

/** Seals credentials under the installation's key, bound to their name. */
export function sealCredentials(key: SecretKey, name: BoxName, secrets: AccountTexts): SealedBox {
  const nonce = randomBytes(NONCE_BYTES);
  const plain = new TextEncoder().encode(JSON.stringify(secrets));
  const sealed = key.use((bytes) => xchacha20poly1305(bytes, nonce, boundTo(name)).encrypt(plain));
  plain.fill(0);
  return { nonce, sealed };
}

/** Opens them. What was changed, or belongs to another name or key, does not open. */
export function openCredentials(
  key: SecretKey,
  name: BoxName,
  { nonce, sealed }: SealedBox,
): Result<AccountTexts, "does-not-open"> {
  if (nonce.length !== NONCE_BYTES) return err("does-not-open");
  try {
    const plain = key.use((bytes) =>
      xchacha20poly1305(bytes, nonce, boundTo(name)).decrypt(sealed),
    );
    const secrets = JSON.parse(new TextDecoder().decode(plain)) as AccountTexts;
    plain.fill(0);
    return ok(secrets);
  } catch {
    return err("does-not-open");
  }
}

/**
 * The part of an endpoint's address that only its provider was told; nothing stores it. In hex, for
 * Safaricom takes no address with words like "mpesa", "exe" or "sql" in it, by chance either.
 */
export function pathSecret(key: SecretKey, endpointId: string): string {
  const mac = key.use((bytes) =>
    createHmac("sha256", bytes).update(`endpoint path|${endpointId}`).digest(),
  );
  return mac.subarray(0, 18).toString("hex");
}

/**
 * The endpoint that an organization's next account with a provider will have: its address must be
 * told to the provider before there are credentials to type in.
 */
export function endpointIdFor(
  key: SecretKey,
  account: {
    readonly organizationId: string;
    readonly provider: string;
    /** How many accounts with this provider there were before. */
    readonly place: number;
  },
): string {
  const { organizationId, provider, place } = account;
  const text = `endpoint id|${organizationId}|${provider}|${place}`;
  const bytes = key.use((secret) => createHmac("sha256", secret).update(text).digest());
  // A UUID of version 8: made by a rule of our own (RFC 9562, 5.8).
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.subarray(0, 16).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function boundTo({ organizationId, endpointId, version }: BoxName): Uint8Array {
  const text = `voltlet payment account|${organizationId}|${endpointId}|${version}`;
  return new TextEncoder().encode(text);
}
