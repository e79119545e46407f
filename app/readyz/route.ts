import { connection } from "next/server";
import { missingParts } from "@/lib/platform";

/** 200 when database and signer can be reached; otherwise 503 and the names of what cannot. */
export async function GET(): Promise<Response> {
  // Asked at each request, never while building.
  await connection();
  const missing = await missingParts();
  const isReady = missing.length === 0;
  return Response.json(
    { ready: isReady, missing },
    { status: isReady ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
