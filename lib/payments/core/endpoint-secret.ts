import { createHmac } from "node:crypto";

/**
 * The secret that a provider signs its calls to one endpoint with, in hex: derived, so that nothing
 * secret is stored and no endpoint's secret tells another's.
 */
export function endpointSecret(masterSecret: string, endpointId: string): string {
  return createHmac("sha256", masterSecret).update(`endpoint|${endpointId}`).digest("hex");
}
