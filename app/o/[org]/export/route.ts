import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { sheetFile } from "@/app/_view/sheet-file";
import { exportProperty, parseSheetForm } from "@/lib/onboarding";
import { systemClock } from "@/lib/platform";

type Context = { readonly params: Promise<{ readonly org: string }> };

/**
 * Everything of the organization in the form that an import takes; as CSV where nothing is said.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { org } = await params;
  const { scope } = await requireOrgScope(org, "property:manage");
  const form = parseSheetForm(new URL(request.url).searchParams.get("form") ?? "") ?? "csv";
  const now = systemClock.now();
  const rows = await exportProperty(scope, now);
  return sheetFile(rows, `${scope.slug}-${now.toISOString().slice(0, 10)}`, form);
}
