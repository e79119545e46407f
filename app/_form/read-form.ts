const LONGEST_FORM_BYTES = 16_384;

/** A posted form as text by name; the first value where a name comes twice. Files are left out. */
export type FormText = Readonly<Record<string, string>>;

/**
 * Reads a post of one of our own pages. Null for a post that another site sent (a browser says so
 * in
 * Origin or Sec-Fetch-Site), and for one that is too large or is no form.
 */
export async function readForm(request: Request): Promise<FormText | null> {
  if (!isFromOurPages(request)) return null;
  if (Number(request.headers.get("content-length") ?? 0) > LONGEST_FORM_BYTES) return null;
  const form = await request.formData().catch(() => null);
  if (!form) return null;
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of form) {
    if (typeof value === "string" && !(name in fields)) fields[name] = value.slice(0, 2_000);
  }
  return fields;
}

/** A browser says in Origin or Sec-Fetch-Site where a post comes from. */
export function isFromOurPages(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return false;
  const origin = request.headers.get("origin");
  if (origin === null) return true;
  return URL.canParse(origin) && new URL(origin).host === request.headers.get("host");
}

/** 303: the answer to a post is a page of its own, which can be reloaded without posting again. */
export function seeOther(location: string, setCookies: readonly string[] = []): Response {
  const headers = new Headers({ Location: location, "Cache-Control": "no-store" });
  for (const line of setCookies) headers.append("Set-Cookie", line);
  return new Response(null, { status: 303, headers });
}
