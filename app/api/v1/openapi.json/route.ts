import { openApiDocument } from "@/lib/api";
import { webEnv } from "@/lib/platform";

export const dynamic = "force-dynamic";

/** The description of the API for programs. */
export function GET(): Response {
  const document = openApiDocument(webEnv().SITE_URL);
  return Response.json(document, { headers: { "Cache-Control": "no-store" } });
}
