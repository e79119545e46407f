import { endpointScopeOfGateway } from "@/app/_scope/endpoint-scope";
import { PROBLEMS, problemType } from "@/lib/api";
import {
  PUSHES_PER_MINUTE,
  readPush,
  readSheet,
  recordBatch,
  secondsToNextPush,
} from "@/lib/metering";
import { systemClock } from "@/lib/platform";

const LARGEST_BYTES = 2 * 1_024 * 1_024;
const MOST_READINGS = 5_000;
const TYPES = ["application/json", "text/csv"] as const;

/**
 * Where gateways push readings, as JSON or as CSV, with their secret as bearer. Each row is
 * answered in its place; the same again is nothing, so a call that got no answer is made again.
 */
export async function POST(request: Request): Promise<Response> {
  const scope = await endpointScopeOfGateway(request.headers.get("authorization"));
  if (!scope) return answer(401, { code: "unknown-secret" });
  const wait = await secondsToNextPush(scope);
  if (wait !== null) return tooMany(wait);
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

/** As the API for sellers says it (RFC 9457), so that one client knows both. */
function tooMany(waitSeconds: number): Response {
  const code = "too-many-requests";
  const rate = `A gateway may push ${PUSHES_PER_MINUTE} times a minute.`;
  const detail = `${rate} Wait as long as Retry-After says.`;
  const problem = { type: problemType(code), ...PROBLEMS[code], detail, code };
  const headers = {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    "Retry-After": String(waitSeconds),
  };
  return new Response(JSON.stringify(problem), { status: PROBLEMS[code].status, headers });
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
}
