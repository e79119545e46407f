import { headers } from "next/headers";
import type { RequestOrigin } from "@/lib/access/shared";

const LONGEST_ADDRESS = 64;
const LONGEST_USER_AGENT = 200;

/**
 * Where the request came from, for the audit trail. The address is the one that the nearest hop
 * added; without a proxy it is what Next.js saw, or what the browser claimed to have come through.
 */
export async function readOrigin(): Promise<RequestOrigin> {
  const given = await headers();
  const hops = (given.get("x-forwarded-for") ?? "").split(",");
  return {
    address: (hops.at(-1) ?? "").trim().slice(0, LONGEST_ADDRESS),
    userAgent: (given.get("user-agent") ?? "").slice(0, LONGEST_USER_AGENT),
  };
}
