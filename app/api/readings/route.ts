import { endpointScopeOfGateway } from "@/app/_scope/endpoint-scope";
import { readPush, readSheet, recordBatch } from "@/lib/metering";
import { secondsToWait, systemClock } from "@/lib/platform";

const LARGEST_BYTES = 2 * 1_024 * 1_024;
const MOST_READINGS = 5_000;
/** Five thousand rows each: a gateway for a town needs fewer. */
const CALLS_PER_MINUTE = 60;
const TYPES = ["application/json", "text/csv"] as const;

/**
 * Where gateways push readings, as JSON or as CSV, with their secret as bearer. Each row is
 * answered in its place; the same again is nothing, so a call that got no answer is made again.
 */
export async function POST(request: Request): Promise<Response> {
  const scope = await endpointScopeOfGateway(request.headers.get("authorization"));
  if (!scope) return answer(401, { code: "unknown-secret" });
  const wait = await secondsToWait({ id: scope.endpointId, perMinute: CALLS_PER_MINUTE });
  if (wait !== null) {
    return answer(429, { code: "too-many-calls" }, { "Retry-After": String(wait) });
  }
  const type = TYPES.find((known) => request.headers.get("content-type")?.startsWith(known));
  if (!type) return answer(415, { code: "json-or-csv" });
  const bytes = await readBytes(request);
  if (!bytes) return answer(413, { code: "too-large", most: LARGEST_BYTES });
  const readings = type === "text/csv" ? readSheet(bytes) : readPush(parseJson(bytes));
  if (!readings.ok) return answer(400, { code: readings.error });
  if (readings.value.length > MOST_READINGS) {
    return answer(413, { code: "too-many", most: MOST_READINGS });
  }
  const batch = { readings: readings.value, now: systemClock.now() };
  const recorded = await recordBatch(scope, batch);
  if (!recorded.ok) return answer(413, recorded.error);
  return answer(200, { outcomes: recorded.value });
}

/** The body; null for one that is too large, whatever its head said of it. */
async function readBytes(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get("content-length") ?? 0) > LARGEST_BYTES) return null;
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) return Buffer.concat(parts);
    length += part.value.length;
    if (length > LARGEST_BYTES) {
      await reader?.cancel();
      return null;
    }
    parts.push(part.value);
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

function answer(status: number, body: object, more: HeadersInit = {}): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store", ...more } });
}
