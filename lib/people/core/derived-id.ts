import { createHash } from "node:crypto";

/**
 * The id of what one person's one form makes: the same for a repeat of the form, and never an id
 * that somebody else chose, for it depends on who asks. A UUID of version 8 (RFC 9562, 5.8).
 */
export function derivedId(userId: string, requestKey: string): string {
  const text = `voltlet organization 1 ${userId} ${requestKey}`;
  const bytes = createHash("sha256").update(text, "utf8").digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...groups, hex.slice(20)].join("-");
}
