import { createHash } from "node:crypto";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { SecretKey } from "@/lib/sts";

/** DKGA04 wants a vending key of 160 bits (IEC 62055-41 ed. 3). */
export const VENDING_KEY_BYTES = 20;

export type ComponentFault = "not-hex" | "wrong-length" | "all-the-same";

/**
 * One custodian's component: as many hex digits as the key has, spaces between them as one likes.
 * One of a single digit is refused, for it is a slip and adds nothing to the other.
 */
export function parseComponent(typed: string): Result<SecretKey, ComponentFault> {
  const hex = typed.replaceAll(/\s/g, "");
  if (!/^[0-9a-f]*$/i.test(hex)) return err("not-hex");
  if (hex.length !== 2 * VENDING_KEY_BYTES) return err("wrong-length");
  if (/^(.)\1*$/.test(hex.toLowerCase())) return err("all-the-same");
  const bytes = Buffer.from(hex, "hex");
  const component = new SecretKey(bytes);
  bytes.fill(0);
  return ok(component);
}

/** The key of two components: their exclusive or, so that one alone says nothing of it. */
export function combineComponents(one: SecretKey, other: SecretKey): SecretKey {
  return one.use((a) =>
    other.use((b) => {
      assert(a.length === b.length, "two components are of one length");
      const bytes = a.map((byte, index) => byte ^ (b[index] ?? 0));
      const key = new SecretKey(bytes);
      bytes.fill(0);
      return key;
    }),
  );
}

/**
 * Six hex digits by which people see that they hold the same key: the first three bytes of its
 * SHA-1, as PKCS#11 has it for a key that is no block cipher's, so that a module says the same.
 */
export function checkValueOf(key: SecretKey): string {
  return key.use((bytes) => createHash("sha1").update(bytes).digest("hex").slice(0, 6));
}
