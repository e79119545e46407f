import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import { systemClock } from "@/lib/platform";
import { findHits } from "../find-hits";

type Context = { readonly params: Promise<{ readonly org: string }> };

/** What the palette shows while somebody types. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org } = await params;
  const { scope } = await requireOrgScope(org, "building:read");
  const text = new URL(request.url).searchParams.get("q") ?? "";
  const t = translatorFor(LANGUAGE.lang);
  const hits = await findHits(scope, { text, now: systemClock.now(), t });
  return Response.json(hits, {
    headers: { "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff" },
  });
}
