import { createHash } from "node:crypto";

/**
 * How many checkouts may be begun in an hour for one meter, by one payer, from one address. Far
 * above what a household does, and far below what trying out stolen cards or prompting strangers'
 * phones takes.
 */
export const START_LIMITS = {
  windowSeconds: 3_600,
  perMeter: 120,
  perPayer: 10,
  perAddress: 60,
} as const;

const OF_THIS_MACHINE = /^(?:127\.|::1$|::ffff:127\.|localhost$)/i;

/** How a payer or an address is counted: by a hash of this organization's. */
export function countedAs(organizationId: string, kind: "payer" | "address", text: string): string {
  return createHash("sha256").update(`${kind}|${organizationId}|${text}`).digest("hex");
}

/** Null for what tells nobody apart: no address, or this machine's own. */
export function addressCountedAs(organizationId: string, address: string): string | null {
  return address === "" || OF_THIS_MACHINE.test(address)
    ? null
    : countedAs(organizationId, "address", address);
}
