import { createHash, createHmac } from "node:crypto";

/**
 * A purchase's secret address: 128 bits that only this installation can compute, so that the same
 * request key answers with the same address although only its hash is stored.
 */
export function purchaseSecret(addressKey: string, purchaseId: string): string {
  return createHmac("sha256", addressKey)
    .update(`purchase address|${purchaseId}`)
    .digest()
    .subarray(0, 16)
    .toString("base64url");
}

/** How an address is kept: only its SHA-256, in hex. */
export function addressHash(secret: string): string {
  return createHash("sha256").update(secret, "utf8").digest("hex");
}

/** What a request asked for; the same key with another hash is refused. */
export function requestHash(request: {
  readonly meterId: string;
  readonly amountMinor: bigint;
}): string {
  return createHash("sha256").update(`${request.meterId}|${request.amountMinor}`).digest("hex");
}

/**
 * The series a receipt is numbered in: the channel and one of sixteen lanes chosen by the meter, so
 * that sales do not all wait for one counter.
 */
export function receiptSeries(channel: "W", meterId: string): string {
  const lane = createHash("sha256").update(meterId).digest("hex").slice(0, 1);
  return `${channel}${lane.toUpperCase()}`;
}

/** "WA-000123": the number as it stands on the slip. */
export function formatReceiptNumber(series: string, number: bigint): string {
  return `${series}-${number.toString().padStart(6, "0")}`;
}
