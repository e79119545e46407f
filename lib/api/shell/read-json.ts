import { err, ok, type Result } from "@/lib/kernel";
import { type Problem, problem } from "../core/problems";

const LARGEST_BYTES = 16_384;
const JSON_TYPE = /^application\/json *(?:; *charset="?utf-8"? *)?$/i;

/** The body of a request, read as JSON; refused before it is read where it is none or too large. */
export async function readJson(request: Request): Promise<Result<unknown, Problem>> {
  const type = request.headers.get("content-type") ?? "";
  if (!JSON_TYPE.test(type.trim())) return err(problem("media-type-not-json"));
  const bytes = await readBytes(request);
  if (!bytes) return err(problem("body-too-large"));
  try {
    return ok(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown);
  } catch {
    return err(problem("body-malformed"));
  }
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
