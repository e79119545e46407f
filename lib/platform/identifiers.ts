import { randomBytes } from "node:crypto";
import { type Clock, systemClock } from "./clock";

/**
 * A fresh UUID of version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then 74 bits of chance. Rows
 * of a table thus arrive in the order of their index, and no two processes need to agree.
 */
export function newId(clock: Clock = systemClock): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(clock.now().getTime(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...groups, hex.slice(20)].join("-");
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Whether a text from an address bar can be an id at all; the database throws for what cannot. What
 * came back from a browser and only claims to be a text is none.
 */
export function isId(text: string): boolean {
  return typeof text === "string" && ID.test(text);
}
