import { hkdfSync } from "node:crypto";
import { open } from "node:fs/promises";
import { SecretKey } from "@/lib/sts";

const KEY_BYTES = 32;
const OPEN_TO_OTHERS = 0o077;

/**
 * Reads the key-encryption key: 64 hexadecimal digits in a file that its owner alone can read.
 * Throws a sentence for the operator, without anything of the file's content in it.
 */
export async function readKeyEncryptionKey(file: string): Promise<SecretKey> {
  const handle = await open(file, "r");
  try {
    // Asked of the open file, so that it cannot be exchanged between the look and the reading.
    const { mode } = await handle.stat();
    if ((mode & OPEN_TO_OTHERS) !== 0) {
      throw new Error(`${file} can be read by others than its owner: chmod 600 it.`);
    }
    const text = (await handle.readFile("utf8")).trim();
    if (!/^[0-9a-f]{64}$/i.test(text)) throw new Error(`${file} does not hold 64 hex digits.`);
    return secretKeyOf(Buffer.from(text, "hex"));
  } finally {
    await handle.close();
  }
}

/**
 * A key for one purpose, from the key-encryption key (HKDF with SHA-256, RFC 5869; the purpose is
 * its info). Whoever learns one of them learns neither the others nor the key they come from.
 */
export function keyForPurpose(keyEncryptionKey: SecretKey, purpose: string): SecretKey {
  return keyEncryptionKey.use((bytes) =>
    secretKeyOf(Buffer.from(hkdfSync("sha256", bytes, "", purpose, KEY_BYTES))),
  );
}

/** Takes the bytes over: what they were read into is overwritten. */
function secretKeyOf(bytes: Buffer): SecretKey {
  const key = new SecretKey(bytes);
  bytes.fill(0);
  return key;
}
