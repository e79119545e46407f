import { readForm, seeOther } from "@/app/_form/read-form";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { foreignPost } from "@/app/_view/problem";
import { endSupport } from "@/lib/people";
import { systemClock } from "@/lib/platform";

type Context = { readonly params: Promise<{ readonly org: string }> };

/**
 * Ends support from the bar on top of every console page, by a plain post. Whoever has ended
 * already has ended: both go on to the people.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const form = await readForm(request);
  if (!form) return foreignPost();
  const { org } = await params;
  const { scope } = await requireOrgScope(org, "support:grant");
  await endSupport(scope, { userId: form.user ?? "", now: systemClock.now() });
  return seeOther(`/o/${scope.slug}/people`);
}
