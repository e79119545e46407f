import { err, ok, type Result } from "@/lib/kernel";
import type { RawReading } from "./raw-reading";

/**
 * Reads a gateway's push, `{"readings": [{"meter", "quantity", "at", "value"}]}`. Each is text: a
 * number of JSON has lost its digits before we see it, and is refused with its row. What is no text
 * is read as none, so that the row is answered and the others count.
 */
export function readPush(body: unknown): Result<readonly RawReading[], "not-readings"> {
  if (typeof body !== "object" || body === null || !("readings" in body)) {
    return err("not-readings");
  }
  const { readings } = body;
  if (!Array.isArray(readings)) return err("not-readings");
  return ok(
    readings.map((row: unknown) => {
      const cells = new Map(typeof row === "object" && row !== null ? Object.entries(row) : []);
      const cell = (name: string) => {
        const value: unknown = cells.get(name);
        return typeof value === "string" ? value.slice(0, 100) : "";
      };
      return {
        meter: cell("meter"),
        quantity: cell("quantity"),
        at: cell("at"),
        value: cell("value"),
      };
    }),
  );
}
