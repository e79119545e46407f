import { isFromOurPages, seeOther } from "@/app/_form/read-form";
import { readUpload } from "@/app/_form/read-upload";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { foreignPost } from "@/app/_view/problem";
import { uploadSheet } from "@/lib/onboarding";
import { SHEET_LIMITS } from "@/lib/onboarding/shared";
import { systemClock } from "@/lib/platform";

type Context = { readonly params: Promise<{ readonly org: string }> };

/** Takes a sheet down and goes on to it; a file that is none goes back with its reason. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  if (!isFromOurPages(request)) return foreignPost();
  const { org } = await params;
  // Who may not is refused before ten megabytes are read.
  const { scope } = await requireOrgScope(org, "property:manage");
  const upload = await readUpload(request, "sheet", SHEET_LIMITS.bytes);
  const home = `/o/${scope.slug}/import`;
  if (upload.outcome !== "file") return seeOther(`${home}?refused=${upload.outcome}`);
  const { name, bytes } = upload;
  const taken = await uploadSheet(scope, { name, bytes, now: systemClock.now() });
  return seeOther(taken.ok ? `${home}/${taken.value}` : `${home}?refused=${taken.error}`);
}
