import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import type { SecretKey } from "@/lib/sts";

// RFC 8410: what stands before the 32 bytes of an Ed25519 key in its DER forms.
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const RAW_KEY_BYTES = 32;

/** An Ed25519 key and the 32 bytes of its public half. */
export type SigningKey = { readonly key: KeyObject; readonly publicKey: Buffer };

/** The Ed25519 key whose seed is a key of the ring. */
export function signingKeyOf(seed: SecretKey): SigningKey {
  const key = seed.use((bytes) => {
    const der = Buffer.concat([PKCS8_PREFIX, bytes]);
    const made = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    der.fill(0);
    return made;
  });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return { key, publicKey: spki.subarray(-RAW_KEY_BYTES) };
}
