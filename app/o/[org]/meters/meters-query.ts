import type { MeterCursor, MeterProof } from "@/lib/property";
import { parseReadNumber } from "@/lib/property/shared";

/** The choice as the address bar holds it. */
export type MeterQuery = {
  readonly proof: MeterProof | null;
  /** Those that are archived are in no other choice. */
  readonly isArchived: boolean;
  /** How the number begins; "" for all. */
  readonly number: string;
  /** The meter after which the page begins. */
  readonly after: MeterCursor | null;
};

const PROOFS = ["contested", "claimed", "verified", "read"] as const;

/** What is no such value is left out, for a list refuses nobody. */
export function readMeterQuery(
  given: Readonly<Record<string, string | string[] | undefined>>,
): MeterQuery {
  const { state, q, after } = given;
  const proof = PROOFS.find((known) => known === state);
  return {
    isArchived: state === "archived",
    proof: proof === undefined || proof === "read" ? null : proof,
    number: typeof q === "string" ? q.replaceAll(/\D/gu, "").slice(0, 13) : "",
    after: typeof after === "string" ? cursorOf(after) : null,
  };
}

/** The number of a meter with a key. */
const KEYED_NUMBER = /^\d{11}(\d{2})?$/;

/** "claimed~07123456788", "read~W-17": the last meter of a page. */
function cursorOf(text: string): MeterCursor | null {
  const [word = "", meterNumber = ""] = text.split("~");
  const proof = PROOFS.find((known) => known === word);
  const isNumber =
    proof === "read"
      ? parseReadNumber(meterNumber) === meterNumber
      : KEYED_NUMBER.test(meterNumber);
  return proof !== undefined && isNumber ? { proof, meterNumber } : null;
}

export function metersHref(path: string, { proof, isArchived, number, after }: MeterQuery): string {
  const search = new URLSearchParams([
    ...(isArchived ? [["state", "archived"]] : proof === null ? [] : [["state", proof]]),
    ...(number === "" ? [] : [["q", number]]),
    ...(after === null ? [] : [["after", `${after.proof}~${after.meterNumber}`]]),
  ]).toString();
  return search === "" ? path : `${path}?${search}`;
}
