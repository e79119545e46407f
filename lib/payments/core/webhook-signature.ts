import { createHmac, timingSafeEqual } from "node:crypto";
import { err, ok, type Result } from "@/lib/kernel";
import type { WebhookSignatureError } from "../errors";

export const SIGNATURE_HEADER = "voltlet-practice-signature";

/** How far the signer's clock and ours may be apart before a call counts as a replay. */
const TOLERANCE_SECONDS = 300;
const HEADER_FORM = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

type Signed = { readonly rawBody: string; readonly secret: string; readonly now: Date };

/** The signature header of a body: `t=<unix seconds>,v1=<hex>`, HMAC-SHA-256 over both. */
export function signWebhook({ rawBody, secret, now }: Signed): string {
  const seconds = secondsOf(now);
  return `t=${seconds},v1=${macOf(secret, seconds, rawBody).toString("hex")}`;
}

/**
 * Checks a signature over the body exactly as it arrived, and only then reads it. Age is looked at
 * last: who cannot sign does not learn our clock.
 */
export function verifyWebhook({
  rawBody,
  secret,
  now,
  signature,
}: Signed & { readonly signature: string | null }): Result<unknown, WebhookSignatureError> {
  if (!signature) return err("signature-missing");
  const [, seconds, mac] = HEADER_FORM.exec(signature) ?? [];
  if (seconds === undefined || mac === undefined) return err("signature-wrong");
  const expected = macOf(secret, seconds, rawBody);
  if (!timingSafeEqual(expected, Buffer.from(mac, "hex"))) return err("signature-wrong");
  if (Math.abs(Number(secondsOf(now)) - Number(seconds)) > TOLERANCE_SECONDS) {
    return err("signature-too-old");
  }
  try {
    return ok(JSON.parse(rawBody));
  } catch {
    return err("not-json");
  }
}

function secondsOf(instant: Date): string {
  return String(Math.floor(instant.getTime() / 1000));
}

function macOf(secret: string, seconds: string, rawBody: string): Buffer {
  return createHmac("sha256", secret).update(`${seconds}.${rawBody}`, "utf8").digest();
}
