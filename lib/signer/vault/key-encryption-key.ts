import { hkdfSync } from "node:crypto";
import { open } from "node:fs/promises";
import { SecretKey } from "@/lib/sts";
import { openPurposeKey, sealPurposeKey } from "./sealed-key";

const KEY_BYTES = 32;
const OPEN_TO_OTHERS = 0o077;
const HEX_KEY = /^[0-9a-f]{64}$/i;

/** What the signer has a key of its own for, beside those that seal. */
export const PURPOSES = [
  "journal token mac",
  "audit head",
  "journal head",
  "journal head file",
] as const;
export type Purpose = (typeof PURPOSES)[number];

/**
 * The key-encryption key and the keys for one purpose each. Those come from the first
 * key-encryption key that there was, and stay when it is exchanged: a token's MAC in the journal
 * and a signed head must hold for ever.
 */
export type KeyRing = {
  readonly sealing: SecretKey;
  readonly forPurpose: (purpose: Purpose) => SecretKey;
};

/** A ring of a key-encryption key alone, or with what was kept from before it. */
export function keyRingOf(
  sealing: SecretKey,
  kept: ReadonlyMap<Purpose, SecretKey> = new Map(),
): KeyRing {
  const forPurpose = (purpose: Purpose) => kept.get(purpose) ?? keyForPurpose(sealing, purpose);
  return { sealing, forPurpose };
}

/**
 * Reads the file of the key-encryption key, which its owner alone can read: 64 hexadecimal digits,
 * and after an exchange a line for each purpose, sealed under it. Throws a sentence for the
 * operator, without anything of the file's content in it.
 */
export async function readKeyRing(file: string): Promise<KeyRing> {
  const [hex = "", ...lines] = (await readPrivately(file)).trim().split(/\r?\n/);
  if (!HEX_KEY.test(hex)) throw new Error(`${file} does not hold 64 hex digits.`);
  const sealing = secretKeyOf(Buffer.from(hex, "hex"));
  const kept = new Map<Purpose, SecretKey>();
  for (const line of lines) {
    const [nonce = "", sealed = "", ...words] = line.split(" ");
    const purpose = PURPOSES.find((known) => known === words.join(" "));
    const bytes = { nonce: Buffer.from(nonce, "hex"), sealed: Buffer.from(sealed, "hex") };
    const opened = purpose && openPurposeKey(sealing, purpose, bytes);
    if (!opened?.ok) throw new Error(`${file} has a line that does not open: it was changed.`);
    kept.set(purpose as Purpose, opened.value);
  }
  return keyRingOf(sealing, kept);
}

/** What the file says once `sealing` is in force, with the purposes' keys as they are. */
export function keyFileText(sealing: SecretKey, { forPurpose }: KeyRing): string {
  const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  const lines = PURPOSES.map((purpose) => {
    const { nonce, sealed } = sealPurposeKey(sealing, purpose, forPurpose(purpose));
    return `${hexOf(nonce)} ${hexOf(sealed)} ${purpose}`;
  });
  return `${[sealing.use(hexOf), ...lines].join("\n")}\n`;
}

async function readPrivately(file: string): Promise<string> {
  const handle = await open(file, "r");
  try {
    // Asked of the open file, so that it cannot be exchanged between the look and the reading.
    const { mode } = await handle.stat();
    if ((mode & OPEN_TO_OTHERS) !== 0) {
      throw new Error(`${file} can be read by others than its owner: chmod 600 it.`);
    }
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

/**
 * A key for one purpose, from the key-encryption key (HKDF with SHA-256, RFC 5869; the purpose is
 * its info). Whoever learns one of them learns neither the others nor the key they come from.
 */
function keyForPurpose(keyEncryptionKey: SecretKey, purpose: Purpose): SecretKey {
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
